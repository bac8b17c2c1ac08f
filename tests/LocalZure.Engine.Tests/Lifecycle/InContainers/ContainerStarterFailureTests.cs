using System.Net;
using System.Net.Sockets;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

public sealed class ContainerStarterFailureTests : IDisposable
{
    private static readonly DesiredService Desired = TestServices.Desired();

    private readonly TestEngine _engine = new();

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task StartAsync_ExitsAtOnce_SaysSoWithExitCodeAndTheLastLines()
    {
        Runtime.OnStart = container =>
        {
            Enumerable.Range(1, 25).ToList().ForEach(number => container.Write($"line {number}"));
            container.Write("Password=hunter2;");
            container.End(3);
        };

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));

        Assert.Equal((ErrorCode.ContainerExited, "The container of demo ended with exit code 3 while it was starting.", 3), (error.Code, error.Message, error.ExitCode));
        Assert.Equal(20, error.Evidence.Count);
        Assert.Equal(("line 7", "line 25"), (error.Evidence[0], error.Evidence[^2]));
        Assert.DoesNotContain("hunter2", error.Evidence[^1], StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task StartAsync_TerminalLine_FailsWithTheLogAlthoughItRuns()
    {
        var desired = TestServices.Of(Unanswered(TimeSpan.FromMinutes(5)).Definition with { TerminalLogLines = ["Health Check failed"] }).At(1);
        Runtime.OnStart = container =>
        {
            container.Write("starting");
            container.Write("Emulator Health Check failed; Password=hunter2;");
        };

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(desired)).WaitAsync(Eventually.Deadline);

        Assert.Equal((ErrorCode.ServiceUnhealthy, "demo runs but has given up; its log says 'Emulator Health Check failed; Password=***;'."), (error.Code, error.Message));
        Assert.Equal(["starting", "Emulator Health Check failed; Password=***;"], error.Evidence);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task StartAsync_ExitsWhileItIsProbed_FailsAtOnce()
    {
        var start = _engine.StartAsync(Unanswered(TimeSpan.FromSeconds(60)));
        await Eventually.IsTrueAsync(() => Runtime.Calls.Any(call => call.Name == "WaitForExit"), "a wait");

        Runtime.Container("localzure-demo").End(7);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => start.WaitAsync(Eventually.Deadline));
        Assert.Equal((ErrorCode.ContainerExited, 7), (error.Code, error.ExitCode));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task StartAsync_RunsOutOfMemory_SaysSo()
    {
        Runtime.OnStart = container => container.End(137, outOfMemory: true);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));

        Assert.Equal((ErrorCode.OutOfMemory, "The container of demo was ended for lack of memory while it was starting (exit code 137)."), (error.Code, error.Message));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task StartAsync_RunsOutOfMemoryWhichTheEngineLearnsLate_SaysSo()
    {
        Runtime.OnStart = container =>
        {
            container.End(137);
            container.FinishedAt = container.StartedAt;
            Runtime.OnEvents = (_, _) => new[] { Event("oom", "another"), Event("die", container.Id), Event("oom", container.Id) }.Async();
        };

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));

        Assert.Equal(ErrorCode.OutOfMemory, error.Code);

        static RuntimeEvent Event(string action, string id) => new(DateTimeOffset.UnixEpoch, false, action, id, new Dictionary<string, string>());
    }

    [Fact]
    public async Task StartAsync_IsKilledAtAnEngineThatTellsNoEvents_SaysThatItWasEnded()
    {
        Runtime.OnStart = container =>
        {
            container.End(137);
            container.FinishedAt = container.StartedAt;
        };
        Runtime.OnEvents = (_, _) => throw new ContainerRuntimeException(RuntimeFailure.BadRequest, "no events");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));

        Assert.Equal((ErrorCode.ContainerExited, "The container of demo ended with exit code 137 (it was ended from outside) while it was starting."), (error.Code, error.Message));
    }

    [Fact]
    public async Task StartAsync_NeverUsable_TimesOutWithTheLastProbe()
    {
        var desired = Unanswered(TimeSpan.FromSeconds(2));
        Runtime.OnStart = container => container.Write("still loading");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(desired));

        Assert.Equal(
            (ErrorCode.StartTimeout, $"demo did not become usable within 2 s (http probe of http://127.0.0.1:{desired.Ports[0].HostPort}/: connection refused)."),
            (error.Code, error.Message));
        Assert.Equal(["still loading"], error.Evidence);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task StartAsync_KeepOnFailure_KeepsEverythingAndEndsTheStart()
    {
        Runtime.OnStart = container => container.End(3);

        await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired, TestEngine.Settings with { KeepOnFailure = true }));

        Assert.Equal(ContainerState.Exited, Assert.Single(Runtime.Containers).State);
        Assert.Single(Runtime.Networks);
        Assert.Single(Runtime.Volumes);
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task StartAsync_KeepOnFailureButCancelled_KeepsNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var start = _engine.StartAsync(Unanswered(TimeSpan.FromSeconds(60)), TestEngine.Settings with { KeepOnFailure = true }, cancellation.Token);
        await Eventually.IsTrueAsync(() => Runtime.Calls.Any(call => call.Name == "WaitForExit"), "a wait");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.WaitAsync(Eventually.Deadline));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task StartAsync_WatchBreaks_IsNotTakenForAnExit()
    {
        Runtime.Fail("WaitForExit", RuntimeFailure.Transient);

        var error = await Assert.ThrowsAsync<ContainerRuntimeException>(() => _engine.StartAsync(Unanswered(TimeSpan.FromSeconds(60))));

        Assert.Equal(RuntimeFailure.Transient, error.Failure);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task StartAsync_FailsWhileTheNetworkIsStillBeingMade_RemovesThatToo()
    {
        var network = Runtime.Block("CreateNetwork");
        Runtime.Fail("CreateContainer", RuntimeFailure.Other);

        var start = _engine.StartAsync(Desired);
        await Eventually.IsTrueAsync(() => Runtime.Calls.Any(call => call.Name == "CreateContainer"), "a creation that fails");
        Assert.False(start.IsCompleted);
        network.SetResult();

        await Assert.ThrowsAsync<ContainerRuntimeException>(() => start.WaitAsync(Eventually.Deadline));
        Assert.Contains(Runtime.Calls, call => call.Name == "RemoveNetwork");
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task StartAsync_VolumeWasThereBefore_StaysAfterAFailure()
    {
        await _engine.StartAsync(Desired);
        await _engine.Stopper().RemoveAsync("localzure-demo", null, default);
        Runtime.OnStart = container => container.End(1);

        await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));

        Assert.Equal(["volume localzure-demo-data"], Runtime.Everything());
    }

    [Fact]
    public async Task StartAsync_CleanUpFails_WarnsAndTheNextStartOfThisProcessReplacesTheRest()
    {
        Runtime.OnStart = container => container.End(1);
        Runtime.Fail("RemoveContainer", RuntimeFailure.Transient, times: 1);
        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));
        Assert.Equal(ErrorCode.ContainerExited, error.Code);
        Assert.Equal(["What the failed start of demo created could not all be removed (RemoveContainer failed as the test wants (Transient)); Remove-LzOrphan removes it later."], _engine.Events.Warnings);
        var left = Assert.Single(Runtime.Containers);
        var observed = await _engine.Services.Observer.ObserveAsync(Runtime, default);
        Assert.Equal(OwnerState.Dead, Assert.Single(observed.Operations).Value);

        Runtime.OnStart = _ => { };
        var service = await _engine.StartAsync(Desired);

        Assert.NotEqual(left.Id, service.ContainerId);
        Assert.Single(Runtime.Containers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartAsync_RemovedBySomebodyElseWhileItStarts_IsMadeAnew(bool isSeenRunning)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var desired = TestServices.Of(TestServices.Definition() with { Probes = [new TcpProbeDefinition("main")] }).At(((IPEndPoint)listener.LocalEndpoint).Port);
        FakeContainer? first = null;
        Runtime.OnStart = container =>
        {
            first ??= container;
            if (container == first)
            {
                container.HasPorts = false;
                container.State = isSeenRunning ? ContainerState.Running : ContainerState.Removing;
            }
        };
        Runtime.After = async call =>
        {
            if (call.Name == "InspectContainer" && first is { HasPorts: false })
            {
                first.HasPorts = true;
                await Runtime.RemoveContainerAsync(first.Id, CancellationToken.None);
            }
        };

        var service = await _engine.StartAsync(desired, TestEngine.Settings with { NoWait = !isSeenRunning });

        Assert.NotEqual(first!.Id, service.ContainerId);
        Assert.Single(Runtime.Containers);
    }

    [Fact]
    public async Task StartAsync_StoppedOneFailsAgain_ExplainsAndStaysStopped()
    {
        Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        var container = _engine.AddOurs(Unanswered(TimeSpan.FromSeconds(60)));
        container.End(0);
        Runtime.OnStart = started =>
        {
            started.Write("cannot read my data");
            started.End(5);
        };

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Unanswered(TimeSpan.FromSeconds(60))));

        Assert.Equal((ErrorCode.ContainerExited, 5), (error.Code, error.ExitCode));
        Assert.Equal(["cannot read my data"], error.Evidence);
        Assert.Equal((container.Id, ContainerState.Exited), (Assert.Single(Runtime.Containers).Id, container.State));
    }

    [Fact]
    public async Task StartAsync_StoppedOneTimesOut_IsStoppedAgainUnlessItIsToBeKept()
    {
        var desired = Unanswered(TimeSpan.FromMilliseconds(100));
        Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        var container = _engine.AddOurs(desired);
        container.End(0);

        await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(desired, TestEngine.Settings with { KeepOnFailure = true }));
        Assert.Equal(ContainerState.Running, container.State);
        container.End(0);
        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(desired));

        Assert.Equal((ErrorCode.StartTimeout, ContainerState.Exited), (error.Code, container.State));
    }

    // Nobody listens on port 1.
    private static DesiredService Unanswered(TimeSpan timeout) =>
        TestServices.Of(TestServices.Definition() with { Probes = [new HttpProbeDefinition("main", "/")], StartTimeout = timeout }).At(1);

    private void AssertNothingIsLeft()
    {
        Assert.Empty(Runtime.Everything());
        Assert.Empty(_engine.InFlight);
    }
}
