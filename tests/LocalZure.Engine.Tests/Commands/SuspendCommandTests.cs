using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class SuspendCommandTests : IDisposable
{
    private static readonly ProcessIdentity Process = new(77, "1");

    private readonly TestEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task RunAsync_Container_FreezesAndThawsAsOftenAsWanted()
    {
        var container = _engine.AddOurs(TestServices.Desired());

        Assert.Equal(ServiceState.Paused, (await RunAsync(true)).Service!.State);
        Assert.Equal(ServiceState.Paused, (await RunAsync(true)).Service!.State);
        Assert.Equal(ContainerState.Paused, container.State);
        Assert.Equal(ServiceState.Running, (await RunAsync(false)).Service!.State);
        Assert.Equal(ServiceState.Running, (await RunAsync(false)).Service!.State);
        Assert.Equal(ContainerState.Running, container.State);
    }

    [Fact]
    public async Task RunAsync_HostProcess_FreezesAndThawsAsOftenAsWanted()
    {
        await AddProcessAsync(running: true);

        var frozen = (await RunAsync(true)).Service!;
        Assert.Equal((ServiceState.Paused, ServiceHealthStatus.Unknown), (frozen.State, frozen.Health));
        Assert.Equal(ServiceState.Paused, (await RunAsync(true)).Service!.State);
        Assert.Equal([ServiceState.Paused], (await FindAsync()).Select(service => service.State));
        Assert.Equal(ServiceState.Running, (await RunAsync(false)).Service!.State);
        Assert.Equal(ServiceState.Running, (await RunAsync(false)).Service!.State);
        Assert.Empty(_engine.Runner.Suspended);
    }

    [Theory]
    [InlineData(true, "suspended")]
    [InlineData(false, "resumed")]
    public async Task RunAsync_StoppedContainerOrProcess_IsServiceNotRunning(bool freeze, string word)
    {
        _engine.AddOurs(TestServices.Desired()).End(0);
        var container = await RunAsync(freeze);
        _engine.Runtime.Take(_engine.Runtime.Containers[0]);
        await AddProcessAsync(running: false);
        var process = await RunAsync(freeze);

        Assert.All((ServiceOutcome[])[container, process], outcome =>
            Assert.Equal((ErrorCode.ServiceNotRunning, $"demo does not run, so that it cannot be {word}."), (outcome.Error!.Code, outcome.Error.Message)));
    }

    [Fact]
    public async Task RunAsync_ForeignContainer_IsLeftAlone()
    {
        _engine.AddOurs(TestServices.Desired());
        var services = await FindAsync();
        _engine.Runtime.Take(_engine.Runtime.Containers[0]);
        var foreign = _engine.Runtime.Add(new ContainerSpec { Name = "localzure-demo", Image = "x" });

        var outcome = (await Command().RunAsync([services[0] with { ContainerId = foreign.Id }], freeze: true, default))[0];

        Assert.Equal((ErrorCode.ServiceNotRunning, ContainerState.Running), (outcome.Error!.Code, foreign.State));
    }

    [Fact]
    public async Task HostStopper_Paused_ThawsFirstSoThatItCanClose()
    {
        var entry = await AddProcessAsync(running: true);
        _engine.Runner.Suspended.Add(Process);

        await new HostStopper(_engine.Host, _engine.Time, _engine.Events).EndAsync(entry, TimeSpan.FromSeconds(5), default);

        Assert.Empty(_engine.Runner.Running);
        Assert.Empty(_engine.Runner.Suspended);
        Assert.Empty(_engine.Events.Warnings);
    }

    [Fact]
    public async Task PlanHostProcess_PausedAndUnchanged_IsThaw()
    {
        await AddProcessAsync(running: true);
        _engine.Runner.Suspended.Add(Process);
        var observed = await _engine.Services.Observer.ObserveAsync(null, default);

        Assert.Equal(PlannedAction.Thaw, LifecyclePlanner.PlanHostProcess(TestServices.Desired(), observed, recreate: false).Action);
        Assert.Equal(PlannedAction.Replace, LifecyclePlanner.PlanHostProcess(TestServices.Desired(), observed, recreate: true).Action);
    }

    [Fact]
    public async Task CheckHealth_PausedProcess_IsUnknownAtOnce()
    {
        await AddProcessAsync(running: true);
        _engine.Runner.Suspended.Add(Process);
        var checker = new HealthChecker(_engine.Reader, _engine.Host, _engine.Time, _ => TestServices.Definition());

        var health = Assert.Single(await checker.CheckAsync(new ServiceQuery(), _engine.Events, default));

        Assert.Equal((ServiceHealthStatus.Unknown, "paused", true), (health.Status, health.Container.Status, health.Container.Running));
    }

    private SuspendCommand Command() => new(_engine.Runtimes, _engine.Services, _engine.Host);

    private async Task<ServiceOutcome> RunAsync(bool freeze) => Assert.Single(await Command().RunAsync(await FindAsync(), freeze, default));

    private Task<IReadOnlyList<Service>> FindAsync() => _engine.Reader.ReadAsync(new ServiceQuery { IncludeStopped = true }, _engine.Events, default);

    private async Task<HostProcessEntry> AddProcessAsync(bool running)
    {
        if (running)
        {
            _engine.Runner.Running.Add(Process);
        }

        var entry = TestServices.Entry(TestServices.Desired(), Process);
        await _engine.Registry.WriteAsync(entry, default);
        return entry;
    }
}
