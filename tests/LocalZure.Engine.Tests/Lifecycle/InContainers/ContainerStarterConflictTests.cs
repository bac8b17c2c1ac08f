using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

/// <summary>What a start does when somebody else is faster or in the way.</summary>
public sealed class ContainerStarterConflictTests : IDisposable
{
    private static readonly DesiredService Desired = TestServices.Desired();

    private readonly TestEngine _engine = new();

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task StartAsync_OursIsFaster_JoinsTheWinner()
    {
        FakeContainer? winner = null;
        Before("CreateContainer", () => winner ??= _engine.AddOurs(Desired));

        var service = await _engine.StartAsync(Desired);

        Assert.Equal(winner!.Id, service.ContainerId);
        Assert.Equal(["Create", "Join"], _engine.Events.Plans);
        Assert.Contains("Attempt 1 has to look again: another start created it first.", _engine.Events.Notes);
        Assert.Equal([$"container localzure-demo {winner.Id[..12]} Running"], Runtime.Everything().Where(line => line.StartsWith("container", StringComparison.Ordinal)));
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task StartAsync_LoserOfARace_LeavesTheWinnersNetworkAlone()
    {
        Before("CreateContainer", () =>
        {
            if (Runtime.Containers.Count == 0)
            {
                _engine.AddOurs(Desired, running: false, operation: "winner");
            }
        });
        await _engine.Operations.BeginAsync(new OperationEntry("winner", TestServices.LiveOwner, "demo", null, Runtime.Now), default);

        var start = _engine.StartAsync(Desired);
        await Eventually.IsTrueAsync(() => _engine.Events.Plans.Count == 2, "the loser looks again");
        Assert.Single(Runtime.Networks);
        await Runtime.StartContainerAsync(Runtime.Container("localzure-demo").Id, default);

        Assert.Equal(ServiceState.Running, (await start.WaitAsync(Eventually.Deadline)).State);
    }

    [Fact]
    public async Task StartAsync_WinnerFails_IsTriedAnew()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("winner", TestServices.LiveOwner, "demo", null, Runtime.Now), default);
        var winner = _engine.AddOurs(Desired, running: false, operation: "winner");

        var start = _engine.StartAsync(Desired);
        await Eventually.IsTrueAsync(() => Runtime.Calls.Count(call => call.Name == "InspectContainer") > 1, "the joiner waits");
        Runtime.Take(winner);
        _engine.Operations.Complete("winner");

        var service = await start.WaitAsync(Eventually.Deadline);
        Assert.NotEqual(winner.Id, service.ContainerId);
        Assert.Equal(["Join", "Create"], _engine.Events.Plans);
    }

    [Fact]
    public async Task StartAsync_WinnerHasToTakeAnotherPort_ItsSecondContainerIsJoined()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("winner", TestServices.LiveOwner, "demo", null, Runtime.Now), default);
        var refused = _engine.AddOurs(Desired, running: false, operation: "winner");

        var start = _engine.StartAsync(Desired);
        await LooksAgainAsync();
        Runtime.Take(refused);
        await LooksAgainAsync();
        var second = _engine.AddOurs(Desired, operation: "winner");

        Assert.Equal(second.Id, (await start.WaitAsync(Eventually.Deadline)).ContainerId);
        Assert.Equal(["Join"], _engine.Events.Plans);
    }

    [Fact]
    public async Task StartAsync_WhatWasOnlyCreatedRunsByNow_IsJoined()
    {
        var container = _engine.AddOurs(Desired);
        container.State = ContainerState.Created;
        var looks = 0;
        Before("ListContainers", () => container.State = ++looks > 1 ? ContainerState.Running : ContainerState.Created);

        var service = await _engine.StartAsync(Desired).WaitAsync(Eventually.Deadline);

        Assert.Equal(container.Id, service.ContainerId);
        Assert.Equal(["Discard", "Join"], _engine.Events.Plans);
        Assert.True(container.IsRunning);
    }

    [Fact]
    public async Task StartAsync_LosesManyRaces_GoesOn()
    {
        var lost = 0;
        Runtime.Before = call =>
        {
            switch (call.Name)
            {
                case "CreateContainer" when lost < 7:
                    lost++;
                    _engine.AddOurs(Desired);
                    break;
                case "ListContainers" when lost is > 0 and < 7:
                    Runtime.Containers.Where(container => container.Name == "localzure-demo").ToList().ForEach(Runtime.Take);
                    break;
            }

            return Task.CompletedTask;
        };

        var service = await _engine.StartAsync(Desired).WaitAsync(Eventually.Deadline);

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal([.. Enumerable.Repeat("Create", 7), "Join"], _engine.Events.Plans);
    }

    [Fact]
    public async Task StartAsync_WinnersProcessDies_ItsContainerIsReplaced()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("winner", TestServices.LiveOwner, "demo", null, Runtime.Now), default);
        var winner = _engine.AddOurs(Desired, running: false, operation: "winner");

        var start = _engine.StartAsync(Desired);
        await Eventually.IsTrueAsync(() => Runtime.Calls.Count(call => call.Name == "InspectContainer") > 1, "the joiner waits");
        await _engine.Operations.BeginAsync(new OperationEntry("winner", TestServices.DeadOwner, "demo", null, Runtime.Now), default);

        Assert.NotEqual(winner.Id, (await start.WaitAsync(Eventually.Deadline)).ContainerId);
        Assert.Equal(["Join", "Discard"], _engine.Events.Plans);
    }

    [Fact]
    public async Task StartAsync_JoinedContainerEnds_IsStartedAgain()
    {
        Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        var container = _engine.AddOurs(Desired);
        Before("WaitForExit", () =>
        {
            if (Runtime.Calls.Count(call => call.Name == "WaitForExit") == 1)
            {
                container.End(1);
            }
        });

        var service = await _engine.StartAsync(Desired);

        Assert.Equal((container.Id, ServiceState.Running), (service.ContainerId, service.State));
        Assert.Equal(["Join", "StartExisting"], _engine.Events.Plans);
    }

    [Fact]
    public async Task StartAsync_ForeignContainerHasTheName_IsAConflictAndItIsUntouched()
    {
        var foreign = Runtime.Add(new ContainerSpec { Name = "localzure-demo", Image = "theirs:1", Labels = new Dictionary<string, string> { [Labels.Managed] = "false" } });
        var before = Runtime.Everything();

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));

        Assert.Equal(
            (ErrorCode.NameConflict, $"A container named 'localzure-demo' exists that LocalZure did not create (image theirs:1, id {foreign.Id[..12]}).", "demo"),
            (error.Code, error.Message, error.Service));
        Assert.Contains("-Instance", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, Runtime.Everything());
        Assert.DoesNotContain(Runtime.Calls, call => call.Name is "SignalContainer" or "RemoveContainer");
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task StartAsync_OtherPairOfOursTakesTheName_IsAConflictThatNamesIt()
    {
        Before("CreateContainer", () =>
        {
            if (Runtime.Containers.Count == 0)
            {
                _engine.AddOurs(TestServices.Desired("a-b"));
            }
        });

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(TestServices.Desired("a", "b")));

        Assert.Equal((ErrorCode.NameConflict, "a (instance b) would be named localzure-a-b, but that is the name of a-b."), (error.Code, error.Message));
    }

    [Fact]
    public async Task StartAsync_ForeignNetworkHasTheName_IsAConflictAndItIsUntouched()
    {
        var network = Runtime.AddNetwork("localzure", new Dictionary<string, string>());
        var before = Runtime.Everything();

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));

        Assert.Equal((ErrorCode.NameConflict, $"A network named 'localzure' exists that LocalZure did not create ({network.Id[..12]})."), (error.Code, error.Message));
        Assert.Equal(before, Runtime.Everything());
    }

    [Fact]
    public async Task StartAsync_ForeignVolumeHasTheName_IsAConflictAndItIsUntouched()
    {
        Runtime.AddVolume("localzure-demo-data", new Dictionary<string, string>());
        var before = Runtime.Everything();

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));

        Assert.Equal((ErrorCode.NameConflict, "A volume named 'localzure-demo-data' exists that LocalZure did not create."), (error.Code, error.Message));
        Assert.Equal(before, Runtime.Everything());
    }

    [Fact]
    public async Task StartAsync_SomebodyRemovesItAgainAndAgain_GivesUpAfterThreeAttempts()
    {
        Before("StartContainer", () => Runtime.Take(Runtime.Container("localzure-demo")));

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired));

        Assert.Equal(
            (ErrorCode.ContainerExited, "demo was stopped or removed by other commands each of the 3 times that it was started; last, the container was removed by somebody else before it was started."),
            (error.Code, error.Message));
        Assert.Empty(Runtime.Everything());
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task ObserveAsync_StartThatEndsWhileTheContainersAreListed_StillCounts()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("op", TestServices.LiveOwner, "demo", null, Runtime.Now), default);
        _engine.AddOurs(Desired, running: false, operation: "op");
        Runtime.After = call =>
        {
            _engine.Operations.Complete("op");
            return Task.CompletedTask;
        };

        var observed = await _engine.Services.Observer.ObserveAsync(Runtime, default);

        Assert.Equal(PlannedAction.Join, LifecyclePlanner.PlanContainer(Desired, observed, false).Action);
    }

    [Fact]
    public async Task ObserveAsync_StartWhoseProcessEndsRightAfterIt_HasNotDied()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("op", TestServices.DeadOwner, "demo", null, Runtime.Now), default);
        _engine.AddOurs(Desired, operation: "op");
        Before("ListContainers", () => _engine.Operations.Complete("op"));

        var observed = await _engine.Services.Observer.ObserveAsync(Runtime, default);

        Assert.Equal((false, true), (observed.HasDied("op"), observed.IsInFlight("op")));
    }

    [Fact]
    public async Task ObserveAsync_StartThatBeginsWhileTheContainersAreListed_Counts()
    {
        _engine.AddOurs(Desired, running: false, operation: "op");
        Runtime.After = _ => _engine.Operations.BeginAsync(new OperationEntry("op", TestServices.LiveOwner, "demo", null, Runtime.Now), default);

        var observed = await _engine.Services.Observer.ObserveAsync(Runtime, default);

        Assert.Equal(PlannedAction.Join, LifecyclePlanner.PlanContainer(Desired, observed, false).Action);
    }

    [Theory]
    [InlineData("operations")]
    [InlineData("hosts")]
    public async Task ObserveAsync_CorruptFile_IsNamed(string folder)
    {
        Directory.CreateDirectory(_engine.Home.File(folder));
        await File.WriteAllTextAsync(_engine.Home.File(folder, "x.json"), "");

        var observed = await _engine.Services.Observer.ObserveAsync(Runtime, default);

        Assert.Equal([new UnreadableFile(_engine.Home.File(folder, "x.json"), "line 1 is not what LocalZure writes")], observed.Unreadable);
    }

    private async Task LooksAgainAsync()
    {
        var before = Looks();
        await Eventually.IsTrueAsync(() => Looks() > before + 1, "the joiner waits");

        int Looks() => Runtime.Calls.Count(call => call.Name == "InspectContainer");
    }

    private void Before(string name, Action act) => Runtime.Before = call =>
    {
        if (call.Name == name)
        {
            act();
        }

        return Task.CompletedTask;
    };
}
