using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class WaitCommandTests : IDisposable
{
    private static readonly ServiceDefinition Definition = TestServices.Definition() with { Probes = [new ExecProbeDefinition(["check"])] };

    private readonly TestEngine _engine = new();
    private int _exitCode;

    public WaitCommandTests() => _engine.Runtime.OnExecute = (_, _) => new ContainerExecResult(_exitCode, ["not yet"]);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task RunAsync_Healthy_IsGivenAtOnce()
    {
        _engine.AddOurs(TestServices.Of(Definition));

        var service = Assert.Single(await WaitAsync(WaitTarget.Healthy)).Service!;

        Assert.Equal((ServiceState.Running, ServiceHealthStatus.Healthy), (service.State, service.Health));
    }

    [Fact]
    public async Task RunAsync_AppearsWhileWaiting_IsSeen()
    {
        var wait = WaitAsync(WaitTarget.Healthy);
        await Eventually.IsTrueAsync(() => _engine.Runtime.Calls.Count(call => call.Name == "ListContainers") > 2, "several looks");
        Assert.False(wait.IsCompleted);

        _engine.AddOurs(TestServices.Of(Definition));

        Assert.NotNull(Assert.Single(await wait).Service);
        Assert.DoesNotContain(_engine.Runtime.Calls, call => call.Name is "StartContainer" or "CreateContainer");
    }

    [Fact]
    public async Task RunAsync_NeverHealthy_IsStartTimeoutWithTheLastProbe()
    {
        _exitCode = 1;
        _engine.AddOurs(TestServices.Of(Definition));

        var error = Assert.Single(await WaitAsync(WaitTarget.Healthy, timeout: 0.3)).Error!;

        Assert.Equal(ErrorCode.StartTimeout, error.Code);
        Assert.StartsWith("demo did not become healthy within 0.3 s (exec probe of ", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public async Task RunAsync_HasFailed_IsNotWaitedForAnyLonger()
    {
        _engine.AddOurs(TestServices.Of(Definition)).End(9);

        var error = Assert.Single(await WaitAsync(WaitTarget.Healthy, timeout: 600)).Error!;

        Assert.Equal(
            (ErrorCode.ContainerExited, "demo has ended with exit code 9 and is not waited for any longer.", "Get-LzContainerLog demo shows what it said; Restart-LzService demo starts it again."),
            (error.Code, error.Message, error.Remedy));
    }

    [Theory]
    [InlineData(WaitTarget.Healthy, "demo did not become healthy within 0.2 s (nothing of it is there).")]
    [InlineData(WaitTarget.Running, "demo did not run within 0.2 s (nothing of it is there).")]
    public async Task RunAsync_NeverThere_SaysSo(WaitTarget target, string message)
    {
        var error = Assert.Single(await WaitAsync(target, timeout: 0.2)).Error!;

        Assert.Equal((ErrorCode.StartTimeout, message), (error.Code, error.Message));
    }

    [Fact]
    public async Task RunAsync_Running_DoesNotProbe()
    {
        _exitCode = 1;
        _engine.AddOurs(TestServices.Of(Definition));

        Assert.Equal(ServiceState.Running, Assert.Single(await WaitAsync(WaitTarget.Running)).Service!.State);
        Assert.DoesNotContain(_engine.Runtime.Calls, call => call.Name == "Execute");
    }

    [Fact]
    public async Task RunAsync_PausedForRunning_TimesOutWithItsState()
    {
        _engine.AddOurs(TestServices.Of(Definition)).State = ContainerState.Paused;

        Assert.Equal("demo did not run within 0.2 s (its state is Paused).", Assert.Single(await WaitAsync(WaitTarget.Running, timeout: 0.2)).Error!.Message);
    }

    [Theory]
    [InlineData(true, ServiceState.Stopped)]
    [InlineData(false, ServiceState.NotCreated)]
    public async Task RunAsync_Stopped_IsSeenWhenItEndsOrGoes(bool ends, ServiceState expected)
    {
        var container = _engine.AddOurs(TestServices.Of(Definition));
        var wait = WaitAsync(WaitTarget.Stopped);
        await Eventually.IsTrueAsync(() => _engine.Runtime.Calls.Count > 4, "several looks");
        Assert.False(wait.IsCompleted);

        if (ends)
        {
            container.End(0);
        }
        else
        {
            _engine.Runtime.Take(container);
        }

        Assert.Equal(expected, Assert.Single(await wait).Service!.State);
    }

    [Fact]
    public async Task RunAsync_NeverStopped_IsStopTimeout()
    {
        _engine.AddOurs(TestServices.Of(Definition));

        var error = Assert.Single(await WaitAsync(WaitTarget.Stopped, timeout: 0.2)).Error!;

        Assert.Equal((ErrorCode.StopTimeout, "demo did not stop within 0.2 s (its state is Running)."), (error.Code, error.Message));
    }

    [Fact]
    public async Task RunAsync_UnknownName_FailsAtOnceAndTheOtherIsGiven()
    {
        _engine.AddOurs(TestServices.Of(Definition));

        var outcomes = await WaitAsync(WaitTarget.Healthy, 30, "demo", "nope");

        Assert.Equal([null, ErrorCode.ServiceUnknown], outcomes.Select(outcome => outcome.Error?.Code));
    }

    [Fact]
    public async Task RunAsync_WildcardThatFindsNothing_GivesNothing() => Assert.Empty(await WaitAsync(WaitTarget.Healthy, 30, "d*"));

    [Fact]
    public async Task RunAsync_DaemonInTroubleForAWhile_GoesOn()
    {
        _engine.AddOurs(TestServices.Of(Definition));
        _engine.Runtime.Fail("InspectContainer", RuntimeFailure.Other, times: 3);

        Assert.NotNull(Assert.Single(await WaitAsync(WaitTarget.Healthy)).Service);
    }

    [Fact]
    public async Task RunAsync_TwoPasses_NeedASecondLook()
    {
        var definition = TestServices.Definition() with { Probes = [new ExecProbeDefinition(["check"]) { Passes = 2 }] };
        _engine.AddOurs(TestServices.Of(definition));
        var looks = 0;
        _engine.Runtime.OnExecute = (_, _) => new ContainerExecResult(Interlocked.Increment(ref looks) == 2 ? 1 : 0, []);

        Assert.NotNull(Assert.Single(await WaitAsync(definition, WaitTarget.Healthy, 30, "demo")).Service);

        Assert.True(looks >= 4, $"{looks} looks: the failure in between makes the first pass void");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task RunAsync_TimeoutThatCannotBe_IsRefused(double timeout) =>
        Assert.Equal(ErrorCode.ParameterInvalid, (await Assert.ThrowsAsync<LocalZureException>(() => WaitAsync(WaitTarget.Healthy, timeout))).Code);

    [Fact]
    public async Task RunAsync_Cancelled_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var wait = Command(Definition).RunAsync(Request(WaitTarget.Healthy, 600, "demo"), _engine.Events, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Eventually.Deadline));
    }

    private Task<IReadOnlyList<ServiceOutcome>> WaitAsync(WaitTarget target, double timeout = 30) => WaitAsync(target, timeout, "demo");

    private Task<IReadOnlyList<ServiceOutcome>> WaitAsync(WaitTarget target, double timeout, params string[] names) => WaitAsync(Definition, target, timeout, names);

    private Task<IReadOnlyList<ServiceOutcome>> WaitAsync(ServiceDefinition definition, WaitTarget target, double timeout, params string[] names) =>
        Command(definition).RunAsync(Request(target, timeout, names), _engine.Events, default).WaitAsync(Eventually.Deadline);

    private static WaitRequest Request(WaitTarget target, double timeout, params string[] names) =>
        new() { Services = [new ServiceQuery { Names = names, Instance = "" }], For = target, Timeout = TimeSpan.FromSeconds(timeout) };

    private WaitCommand Command(ServiceDefinition definition)
    {
        ServiceDefinition? Find(string name) => name == definition.Name ? definition : null;
        return new WaitCommand(_engine.Reader, new HealthChecker(_engine.Reader, _engine.Host, _engine.Time, Find), _engine.Time, Find);
    }
}
