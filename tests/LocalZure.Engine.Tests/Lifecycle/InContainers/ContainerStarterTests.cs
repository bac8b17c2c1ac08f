using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

public sealed class ContainerStarterTests : IDisposable
{
    private static readonly DesiredService Desired = TestServices.Desired();

    private readonly TestEngine _engine = new();

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("CreateContainer")]
    [InlineData("StartContainer")]
    public async Task StartAsync_EngineWithoutAnInit_RunsWithoutAndSaysSo(string call)
    {
        var desired = Desired with { Container = Desired.Container with { HasInitProcess = true } };
        _engine.Runtime.Fail(call, RuntimeFailure.InitMissing, times: 1);

        var service = await _engine.StartAsync(desired);

        Assert.Equal(ServiceState.Running, service.State);
        var spec = Assert.Single(_engine.Runtime.Containers).Spec;
        Assert.False(spec.HasInitProcess);
        Assert.Equal(desired.ConfigHash, spec.Labels[Labels.ConfigHash]);
        Assert.Single(_engine.Events.Notes, note => note.Contains("has no init process", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartAsync_Nothing_CreatesInThisOrder()
    {
        var service = await _engine.StartAsync(Desired);

        var calls = Runtime.Calls.Select(call => call.ToString()).ToList();
        Assert.Equal(
            ["ListContainers", "InspectImage demo:1", "CreateVolume localzure-demo-data", "CreateContainer localzure-demo", "StartContainer localzure-demo", "InspectContainer localzure-demo", "WaitForExit localzure-demo", "InspectContainer localzure-demo"],
            calls.Where(call => !call.Contains("Network", StringComparison.Ordinal)));
        Assert.Single(calls, call => call == "CreateNetwork localzure");
        Assert.True(calls.IndexOf("CreateNetwork localzure") < calls.IndexOf("StartContainer localzure-demo"));
        Assert.Equal((ServiceState.Running, ServiceHealthStatus.Healthy), (service.State, service.Health));
        Assert.Equal(["Create"], _engine.Events.Plans);
        Assert.Empty(_engine.Events.Warnings);
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task StartAsync_Nothing_GivesTheServiceWithAllThatIsKnown()
    {
        var service = await _engine.StartAsync(TestServices.Desired(instance: "pr42").At(HttpStub.UnusedPort()));

        var container = Assert.Single(Runtime.Containers);
        Assert.Equal(("demo", "pr42", "localzure-demo-pr42", container.Id), (service.Name, service.Instance, service.ContainerName, service.ContainerId));
        Assert.Equal(("demo:1", "localzure-pr42", ServiceMode.Docker), (service.Image, service.Network, service.Mode));
        Assert.Equal([new ServiceVolume("data", "localzure-demo-pr42-data", "/data", "volume")], service.Volumes);
        Assert.Equal(["demo"], container.Spec.NetworkAliases);
        Assert.True(container.Spec.NoNewPrivileges);
        var line = service.Timeline!;
        Assert.Null(line.PulledMs);
        Assert.True(line.CreatedMs <= line.StartedMs && line.StartedMs <= line.ReadyMs);
    }

    [Fact]
    public async Task StartAsync_HttpProbe_WaitsUntilItAnswers()
    {
        await using var stub = HttpStub.Azurite();

        var service = await _engine.StartAsync(Probed(TimeSpan.FromSeconds(30), stub.Port));

        Assert.Equal((ServiceState.Running, ServiceHealthStatus.Healthy, 1), (service.State, service.Health, stub.Requests));
        Assert.True(service.Timeline!.StartedMs <= service.Timeline.FirstByteMs && service.Timeline.FirstByteMs <= service.Timeline.ReadyMs);
    }

    [Fact]
    public async Task StartAsync_HttpProbe_AsksTheEngineForNothingMore()
    {
        await using var stub = HttpStub.Azurite();
        await _engine.StartAsync(Probed(TimeSpan.FromSeconds(30), stub.Port));

        var calls = Runtime.Calls.Select(call => call.Name).SkipWhile(name => name != "StartContainer").ToList();

        Assert.Equal(["StartContainer", "InspectContainer", "WaitForExit"], calls);
    }

    [Fact]
    public async Task StartAsync_NoWait_ReturnsAStartingServiceWithoutProbing()
    {
        var service = await _engine.StartAsync(Probed(TimeSpan.FromSeconds(30), HttpStub.UnusedPort()), TestEngine.Settings with { NoWait = true });

        Assert.Equal((ServiceState.Starting, ServiceHealthStatus.Starting, null), (service.State, service.Health, service.Timeline!.ReadyMs));
        Assert.DoesNotContain(Runtime.Calls, call => call.Name == "WaitForExit");
    }

    [Fact]
    public async Task StartAsync_RunsUnchanged_IsJoined()
    {
        var container = _engine.AddOurs(Desired);
        var before = Runtime.Everything();

        var service = await _engine.StartAsync(Desired);

        Assert.Equal((container.Id, ServiceState.Running, ServiceHealthStatus.Healthy, null), (service.ContainerId, service.State, service.Health, service.Timeline));
        Assert.Equal(before, Runtime.Everything());
        Assert.Equal(["Join"], _engine.Events.Plans);
        Assert.DoesNotContain(Runtime.Calls, call => call.Name.StartsWith("Create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartAsync_RunsButDoesNotAnswer_IsUnhealthyAndLeftAlone()
    {
        var desired = Probed(TimeSpan.FromSeconds(2), HttpStub.UnusedPort());
        _engine.AddOurs(desired).Write("still here");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(desired));

        Assert.Equal(
            (ErrorCode.ServiceUnhealthy, $"demo runs but did not answer as it should within 2 s (http probe of http://127.0.0.1:{desired.Ports[0].HostPort}/: connection refused)."),
            (error.Code, error.Message));
        Assert.Equal(["still here"], error.Evidence);
        Assert.Equal(ContainerState.Running, Assert.Single(Runtime.Containers).State);
    }

    [Fact]
    public async Task StartAsync_SettingsChanged_ReplacesAndKeepsTheVolume()
    {
        var first = await _engine.StartAsync(Desired);
        var volume = Assert.Single(Runtime.Volumes);

        var second = await _engine.StartAsync(Desired with { Environment = new Dictionary<string, string> { ["A"] = "1" } });

        Assert.NotEqual(first.ContainerId, second.ContainerId);
        Assert.Equal(second.ContainerId, Assert.Single(Runtime.Containers).Id);
        Assert.Same(volume, Assert.Single(Runtime.Volumes));
    }

    [Fact]
    public async Task StartAsync_SettingsChanged_SaysSoAndKeepsTheOldOneUntilTheNewOneRuns()
    {
        var old = _engine.AddOurs(Desired);
        var states = new List<string>();
        Runtime.Before = call =>
        {
            if (call is { Name: "CreateContainer" } or { Name: "StartContainer" })
            {
                states.Add($"{call.Name}: {old.Name == "localzure-demo"} {old.State}");
            }

            return Task.CompletedTask;
        };

        await _engine.StartAsync(Desired with { Image = "demo:2" });

        Assert.Equal(["CreateContainer: False Running", "StartContainer: False Exited"], states);
        Assert.Equal("demo:2", Assert.Single(Runtime.Containers).Spec.Image);
        Assert.Equal(["demo was there with other settings and was made anew; its data stayed."], _engine.Events.Warnings);
    }

    [Fact]
    public async Task StartAsync_NewImageCannotBeHad_LeavesWhatRunsUntouched()
    {
        var old = _engine.AddOurs(Desired);
        var startedAt = old.StartedAt;
        Runtime.Now = Runtime.Now.AddMinutes(1);
        Runtime.Images = [];
        Runtime.Fail("PullImage", RuntimeFailure.Other);

        await Assert.ThrowsAsync<ContainerRuntimeException>(() => _engine.StartAsync(Desired with { Image = "demo:2" }));

        Assert.Equal(("localzure-demo", ContainerState.Running, startedAt), (Assert.Single(Runtime.Containers).Name, old.State, old.StartedAt));
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task StartAsync_NewOneIsRefusedAtItsCreation_LeavesWhatRunsUntouched()
    {
        var old = _engine.AddOurs(Desired);
        var startedAt = old.StartedAt;
        Runtime.Now = Runtime.Now.AddMinutes(1);
        Runtime.Fail("CreateContainer", RuntimeFailure.Other);

        await Assert.ThrowsAsync<ContainerRuntimeException>(() => _engine.StartAsync(Desired with { Cpus = 500 }));

        Assert.Equal(("localzure-demo", ContainerState.Running, startedAt), (Assert.Single(Runtime.Containers).Name, old.State, old.StartedAt));
    }

    [Fact]
    public async Task StartAsync_NewOneEndsAtOnce_BringsTheOldOneBack()
    {
        Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        var old = _engine.AddOurs(Desired);
        Runtime.OnStart = container =>
        {
            if (container.Spec.Image == "demo:2")
            {
                container.End(3);
            }
        };

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired with { Image = "demo:2" }));

        Assert.Equal((ErrorCode.ContainerExited, 3), (error.Code, error.ExitCode));
        Assert.Same(old, Assert.Single(Runtime.Containers));
        Assert.Equal(("localzure-demo", ContainerState.Running), (old.Name, old.State));
        Assert.Equal("demo runs again as it did before.", _engine.Events.Warnings[^1]);
    }

    [Fact]
    public async Task StartAsync_OldOneIsNotTakenBackAtOnce_IsStartedOnceMore()
    {
        Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        var old = _engine.AddOurs(Desired);
        Runtime.OnStart = container =>
        {
            if (container.Spec.Image == "demo:2")
            {
                container.End(3);
            }
        };
        var refusals = 0;
        Runtime.Before = call => call.Name == "StartContainer" && Runtime.Containers.Count == 1 && ++refusals < 3
            ? Task.FromException(new ContainerRuntimeException(RuntimeFailure.PortUnavailable, "port is already allocated"))
            : Task.CompletedTask;

        await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired with { Image = "demo:2" }));

        Assert.Equal((3, "localzure-demo", ContainerState.Running), (refusals, old.Name, old.State));
    }

    [Fact]
    public async Task StartAsync_ProgramQuotesWhatItWasGiven_IsMasked()
    {
        Runtime.OnStart = container =>
        {
            container.Write("--bogus-s3cret! is not allowed; DEBUG is on");
            container.End(9);
        };
        var desired = Desired with { Environment = new Dictionary<string, string> { ["PASSWORD"] = "s3cret!", ["DEBUG"] = "on" }, AsDefined = Desired };

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(desired));

        Assert.Equal(["--bogus-*** is not allowed; DEBUG is on"], error.Evidence);
    }

    [Fact]
    public async Task StartAsync_PausedAndUnchanged_GoesOn()
    {
        var container = _engine.AddOurs(Desired);
        container.State = ContainerState.Paused;

        var service = await _engine.StartAsync(Desired);

        Assert.Equal((container.Id, ServiceState.Running, ContainerState.Running), (service.ContainerId, service.State, container.State));
        Assert.Equal(["Thaw"], _engine.Events.Plans);
    }

    [Fact]
    public async Task StartAsync_JoinedWithATimeToLive_SaysThatItStaysAsItIs()
    {
        _engine.AddOurs(Desired);

        await _engine.StartAsync(Desired with { TimeToLive = TimeSpan.FromHours(1) });

        Assert.Equal(["The time to live of demo, which is there already, stays as it is: it has none. -Recreate makes it anew."], _engine.Events.Warnings);
    }

    [Fact]
    public async Task StartAsync_Recreate_ReplacesOnce()
    {
        var first = _engine.AddOurs(Desired);

        var service = await _engine.StartAsync(Desired, TestEngine.Settings with { Recreate = true });

        Assert.NotEqual(first.Id, service.ContainerId);
        Assert.Single(Runtime.Containers);
    }

    [Fact]
    public async Task StartAsync_Stopped_IsStartedAgain()
    {
        Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        var container = _engine.AddOurs(Desired);
        container.End(0);

        var service = await _engine.StartAsync(Desired);

        Assert.Equal((container.Id, ServiceState.Running), (service.ContainerId, service.State));
        Assert.NotNull(service.Timeline!.ReadyMs);
        Assert.Equal(["StartExisting"], _engine.Events.Plans);
    }

    [Fact]
    public async Task StartAsync_StoppedAndItsNetworkIsGone_IsMadeAnew()
    {
        var container = _engine.AddOurs(Desired);
        container.End(0);

        var service = await _engine.StartAsync(Desired);

        Assert.NotEqual(container.Id, service.ContainerId);
        Assert.Equal(["StartExisting", "Replace"], _engine.Events.Plans);
    }

    [Fact]
    public async Task StartAsync_NetworkGoesAwayBeforeTheStart_IsMadeAgain()
    {
        var removals = 0;
        Runtime.Before = async call =>
        {
            if (call.Name == "StartContainer" && removals++ < 2)
            {
                await Runtime.RemoveNetworkAsync("localzure", default);
            }
        };

        await _engine.StartAsync(Desired);

        Assert.Equal(ContainerState.Running, Assert.Single(Runtime.Containers).State);
        Assert.Single(Runtime.Networks);
        Assert.Equal(3, removals);
    }

    [Fact]
    public async Task StartAsync_ImageMissing_IsPulledOnceForTwoServices()
    {
        Runtime.Images = [];
        var gate = Runtime.Block("PullImage");

        var starts = Task.WhenAll(_engine.StartAsync(TestServices.Desired("a").At(20001)), _engine.StartAsync(TestServices.Desired("b").At(20002)));
        await Eventually.IsTrueAsync(() => Runtime.Calls.Count(call => call.Name == "CreateContainer") == 2, "two creations that miss the image");
        gate.SetResult();
        var services = await starts;

        Assert.Equal(["a", "b"], services.Select(service => service.Name));
        Assert.Single(Runtime.Calls, call => call.Name == "PullImage");
        Assert.All(services, service => Assert.NotNull(service.Timeline!.PulledMs));
    }

    [Fact]
    public async Task StartAsync_PullFails_NothingIsLeftAndTheNextOneTriesAgain()
    {
        Runtime.Images = [];
        Runtime.Fail("PullImage", RuntimeFailure.Transient, times: 1);

        await Assert.ThrowsAsync<ContainerRuntimeException>(() => _engine.StartAsync(Desired));
        Assert.Empty(Runtime.Everything());
        await _engine.StartAsync(Desired);

        Assert.Equal(2, Runtime.Calls.Count(call => call.Name == "PullImage"));
    }

    [Fact]
    public async Task StartAsync_SixteenAtOnce_GetTheSameContainer()
    {
        var services = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _engine.StartAsync(Desired))));

        var container = Assert.Single(Runtime.Containers);
        Assert.All(services, service => Assert.Equal(container.Id, service.ContainerId));
        Assert.Single(Runtime.Networks);
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task StartAsync_DeadStartLeftAContainer_IsReplaced()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("op", TestServices.DeadOwner, "demo", null, Runtime.Now), default);
        var left = _engine.AddOurs(Desired, operation: "op");

        var service = await _engine.StartAsync(Desired);

        Assert.NotEqual(left.Id, service.ContainerId);
        Assert.Single(Runtime.Containers);
    }

    private static DesiredService Probed(TimeSpan timeout, int port) => TestServices.Of(TestServices.Definition() with
    {
        Probes = [new HttpProbeDefinition("main", "/") { ExpectedHeader = "Server", ExpectedHeaderPrefix = "Azurite-Blob/" }],
        StartTimeout = timeout,
    }).At(port);

    [Fact]
    public async Task StartAsync_PullTakesTooLong_IsAnErrorThatNamesTheSetting()
    {
        Runtime.Images = [];
        _ = Runtime.Block("PullImage");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired with { PullLimit = TimeSpan.FromMilliseconds(50) }));

        Assert.Equal((ErrorCode.ImagePullFailed, "The image 'demo:1' of demo was not pulled within 0.1 s."), (error.Code, error.Message));
        Assert.Contains("timeouts.pull", error.Remedy, StringComparison.Ordinal);
        Assert.Empty(Runtime.Everything());
    }

    [Fact]
    public async Task StartAsync_ImageThatAProfileChoseIsNotThere_SaysWhoChoseIt()
    {
        Runtime.Images = [];
        Runtime.Before = call => call.Name == "PullImage" ? throw new LocalZureException(ErrorCode.ImageNotFound, "There is no image 'redis:8-alpine'.") : Task.CompletedTask;

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(TestServices.Of(TestServices.Definition("redis")) with { ImageOrigin = "profile test" }));

        Assert.Equal((ErrorCode.ImageNotFound, "There is no image 'redis:8-alpine'. It is the Alpine variant, which profile test chose."), (error.Code, error.Message));
        Assert.EndsWith($"Or set LOCALZURE_VARIANT=default, which takes the usual image '{Engine.Catalog.ServiceCatalog.Get("redis").Image}'.", error.Remedy, StringComparison.Ordinal);
    }
}
