using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class HealthCheckerTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private readonly TestEngine _engine;
    private readonly CancellationTokenSource _cancellation = new();

    public HealthCheckerTests() => _engine = new TestEngine(_time);

    private FakeContainerRuntime Runtime => _engine.Runtime;

    private HealthChecker Checker => new(_engine.Reader, _engine.Host, _time);

    public void Dispose()
    {
        _cancellation.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public async Task CheckAsync_Usable_IsHealthyWithItsProbe()
    {
        await using var stub = HttpStub.Azurite();
        var container = _engine.AddOurs(Blob(stub.Port));
        _time.Advance(TimeSpan.FromMinutes(1));

        var health = Assert.Single(await Checker.CheckAsync(new ServiceQuery(), _engine.Events, default));

        Assert.Equal(("blob", null, ServiceHealthStatus.Healthy, TimeSpan.FromMinutes(1), _time.GetUtcNow()), (health.Service, health.Instance, health.Status, health.Uptime, health.CheckedAt));
        Assert.Equal([new ProbeResult("http", $"http://127.0.0.1:{stub.Port}/", ServiceHealthStatus.Healthy, TimeSpan.Zero, "HTTP 400 from Azurite-Blob/3.37.0")], health.Details);
        Assert.Equal(new ContainerHealth("running", true, null, null, container.StartedAt, 0, false), health.Container);
    }

    [Fact]
    public async Task CheckAsync_DoesNotAnswer_IsUnhealthy()
    {
        _engine.AddOurs(Blob(1));

        var health = Assert.Single(await Checker.CheckAsync(new ServiceQuery(), _engine.Events, default));

        Assert.Equal((ServiceHealthStatus.Unhealthy, "connection refused"), (health.Status, health.Details[0].Message));
    }

    [Theory]
    [InlineData(0, false, "exited", 0)]
    [InlineData(137, true, "exited", 137)]
    public async Task CheckAsync_Ended_IsStoppedWithoutAProbe(int exitCode, bool outOfMemory, string status, int expected)
    {
        _engine.AddOurs(Blob(1)).End(exitCode, outOfMemory);

        var health = Assert.Single(await Checker.CheckAsync(new ServiceQuery(), _engine.Events, default));

        Assert.Equal((ServiceHealthStatus.Stopped, null, 0), (health.Status, health.Uptime, health.Details.Count));
        Assert.Equal((status, false, expected, outOfMemory), (health.Container.Status, health.Container.Running, health.Container.ExitCode, health.Container.OutOfMemory));
    }

    [Theory]
    [InlineData("healthy", ServiceHealthStatus.Healthy)]
    [InlineData("unhealthy", ServiceHealthStatus.Unhealthy)]
    [InlineData("starting", ServiceHealthStatus.Starting)]
    [InlineData(null, ServiceHealthStatus.Unknown)]
    public async Task CheckAsync_NoProbeKnown_GoesByTheImagesOwnCheck(string? own, ServiceHealthStatus expected)
    {
        _engine.AddOurs(TestServices.Desired()).HealthStatus = own;

        Assert.Equal(expected, Assert.Single(await Checker.CheckAsync(new ServiceQuery(), _engine.Events, default)).Status);
    }

    [Fact]
    public async Task CheckAsync_ProbesOfEveryKind_AreAllTold()
    {
        var definition = TestServices.Definition() with { Probes = [new LogProbeDefinition("^up$"), new ExecProbeDefinition(["check"]), new DockerProbeDefinition(), new TcpProbeDefinition("other")] };
        _engine.AddOurs(TestServices.Of(definition)).Write("up", Runtime.Now);
        Runtime.OnExecute = (_, _) => new ContainerExecResult(1, ["no"]);
        var checker = new HealthChecker(_engine.Reader, _engine.Host, TimeProvider.System, name => name == "demo" ? definition : null);

        var health = Assert.Single(await checker.CheckAsync(new ServiceQuery(), _engine.Events, default));

        Assert.Equal(
            [
                ("log", ServiceHealthStatus.Healthy, "up"),
                ("exec", ServiceHealthStatus.Unhealthy, "exit code 1: no"),
                ("docker", ServiceHealthStatus.Unhealthy, "The image demo:1 of localzure-demo has no HEALTHCHECK to go by."),
                ("tcp", ServiceHealthStatus.Unhealthy, "The port 'other' is not published, so it cannot be probed."),
            ],
            health.Details.Select(detail => (detail.Type, detail.Status, detail.Message)));
        Assert.Equal(ServiceHealthStatus.Unhealthy, health.Status);
    }

    [Fact]
    public async Task CheckAsync_HostProcess_IsAskedWhatTheDefinitionSaysForIt()
    {
        var definition = TestServices.Definition() with
        {
            Probes = [new ExecProbeDefinition(["check"])],
            Host = new HostDefinition { Tool = "demo", Arguments = [], Probes = [new ProcessProbeDefinition(TimeSpan.FromSeconds(1))] },
        };
        var process = new Engine.Support.ProcessIdentity(7, "1");
        _engine.Runner.Running.Add(process);
        await _engine.Registry.WriteAsync(TestServices.Entry(TestServices.Of(definition), process, "finished"), default);
        var checker = new HealthChecker(_engine.Reader, _engine.Host, _time, name => name == "demo" ? definition : null);

        var health = Assert.Single(await checker.CheckAsync(new ServiceQuery(), _engine.Events, default));

        Assert.Equal(ServiceHealthStatus.Healthy, health.Status);
        Assert.Equal([new ProbeResult("process", "process of localzure-demo", ServiceHealthStatus.Healthy, null, "the process runs")], health.Details);
    }

    [Fact]
    public async Task CheckAsync_Paused_IsUnknown()
    {
        _engine.AddOurs(Blob(1)).State = ContainerState.Paused;

        Assert.Equal(ServiceHealthStatus.Unknown, Assert.Single(await Checker.CheckAsync(new ServiceQuery(), _engine.Events, default)).Status);
    }

    [Fact]
    public async Task CheckAsync_VanishesBetweenTheListAndTheLook_IsStopped()
    {
        var (blob, demo) = (_engine.AddOurs(Blob(1)), _engine.AddOurs(TestServices.Desired()));
        var looks = 0;
        Runtime.Before = call =>
        {
            // The first two looks find the services, the others check them.
            if (call.Name == "InspectContainer" && ++looks == 3)
            {
                Runtime.Take(blob);
            }

            return Task.CompletedTask;
        };

        var healths = await Checker.CheckAsync(new ServiceQuery(), _engine.Events, default);

        Assert.Equal([("blob", ServiceHealthStatus.Stopped, "removed"), ("demo", ServiceHealthStatus.Unknown, "running")], healths.Select(health => (health.Service, health.Status, health.Container.Status)));
        Assert.Same(demo, Assert.Single(Runtime.Containers));
    }

    [Fact]
    public async Task WatchAsync_Changes_AreGivenOnceAndNeverFasterThanTheInterval()
    {
        var demo = _engine.AddOurs(TestServices.Desired());
        demo.HealthStatus = "starting";
        await using var watch = Watch();

        Assert.Equal(("demo", ServiceHealthStatus.Starting, TimeSpan.Zero), await NextAsync(watch));
        var next = NextAsync(watch);
        await TickAsync(next);
        await TickAsync(next);
        demo.HealthStatus = "healthy";
        await TickAsync(next);
        Assert.Equal(("demo", ServiceHealthStatus.Healthy, 3 * Interval), await next);

        next = NextAsync(watch);
        await TickAsync(next);
        Runtime.Take(demo);
        await TickAsync(next);
        Assert.Equal(("demo", ServiceHealthStatus.Stopped, 5 * Interval), await next);

        next = NextAsync(watch);
        await TickAsync(next);
        _engine.AddOurs(TestServices.Desired()).HealthStatus = "healthy";
        await TickAsync(next);
        Assert.Equal(("demo", ServiceHealthStatus.Healthy, 7 * Interval), await next);
    }

    [Fact]
    public async Task WatchAsync_DaemonRestarts_IsUnknownMeanwhileAndGoesOn()
    {
        _engine.AddOurs(TestServices.Desired()).HealthStatus = "healthy";
        await using var watch = Watch();
        Assert.Equal(("demo", ServiceHealthStatus.Healthy, TimeSpan.Zero), await NextAsync(watch));

        var next = NextAsync(watch);
        Runtime.Before = _ => throw new LocalZureException(ErrorCode.DockerUnavailable, "No Docker endpoint answered.");
        await TickAsync(next);
        Assert.Equal(("demo", ServiceHealthStatus.Unknown, Interval), await next);

        next = NextAsync(watch);
        await TickAsync(next);
        Runtime.Before = call => call.Name == "InspectContainer" ? throw new ContainerRuntimeException(RuntimeFailure.Transient, "the daemon is starting") : Task.CompletedTask;
        await TickAsync(next);
        Runtime.Before = _ => Task.CompletedTask;
        await TickAsync(next);
        Assert.Equal(("demo", ServiceHealthStatus.Healthy, 4 * Interval), await next);
    }

    [Fact]
    public async Task WatchAsync_ContainerBesideTheEntryOfAnEndedProcess_GivesEachOnce()
    {
        var demo = TestServices.Desired();
        _engine.AddOurs(demo).HealthStatus = "healthy";
        await _engine.Registry.WriteAsync(TestServices.Entry(demo, null, "finished"), default);
        await using var watch = Watch();

        var first = new[] { (await NextAsync(watch)).Status, (await NextAsync(watch)).Status };
        Assert.Equal([ServiceHealthStatus.Healthy, ServiceHealthStatus.Stopped], first.Order());
        var next = NextAsync(watch);
        await TickAsync(next);
        await TickAsync(next);
        Runtime.Container("localzure-demo").HealthStatus = "unhealthy";
        await TickAsync(next);

        Assert.Equal(("demo", ServiceHealthStatus.Unhealthy, 3 * Interval), await next);
    }

    [Fact]
    public async Task WatchAsync_Cancelled_Ends()
    {
        _engine.AddOurs(TestServices.Desired());
        await using var watch = Watch();
        await NextAsync(watch);
        var next = NextAsync(watch);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task WatchAsync_NoInterval_IsRefused()
    {
        await using var watch = Checker.WatchAsync(new ServiceQuery(), TimeSpan.Zero, _engine.Events, default).GetAsyncEnumerator();

        Assert.Equal(ErrorCode.ParameterInvalid, (await Assert.ThrowsAsync<LocalZureException>(async () => await watch.MoveNextAsync())).Code);
    }

    private static DesiredService Blob(int port) => TestServices.Of(ServiceCatalog.Get("blob")).At(port);

    private IAsyncEnumerator<ServiceHealth> Watch() => Checker.WatchAsync(new ServiceQuery(), Interval, _engine.Events, _cancellation.Token).GetAsyncEnumerator(_cancellation.Token);

    private async Task<(string Service, ServiceHealthStatus Status, TimeSpan At)> NextAsync(IAsyncEnumerator<ServiceHealth> watch)
    {
        Assert.True(await watch.MoveNextAsync().AsTask().WaitAsync(Eventually.Deadline));
        return (watch.Current.Service, watch.Current.Status, watch.Current.CheckedAt - Runtime.Now);
    }

    // A look has ended once the watch waits for the next one, or has something to say.
    private async Task TickAsync(Task next)
    {
        await Eventually.IsTrueAsync(() => _time.PendingTimers == 1, "the watch waits");
        _time.Advance(Interval);
        await Eventually.IsTrueAsync(() => _time.PendingTimers == 1 || next.IsCompleted, "the watch has looked");
    }
}
