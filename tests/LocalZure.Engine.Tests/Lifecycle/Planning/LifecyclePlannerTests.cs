using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.Planning;

public sealed class LifecyclePlannerTests
{
    private const string Id = "c0ffee";

    private static readonly DesiredService Desired = TestServices.Desired();

    private static bool IsOfUse(string state) =>
        state is nameof(ContainerState.Running) or nameof(ContainerState.Restarting) or nameof(ContainerState.Paused) or nameof(ContainerState.Exited);

    public static TheoryData<string> States => new(Enum.GetNames<ContainerState>());

    [Fact]
    public void PlanContainer_Nothing_Creates() =>
        Assert.Equal(new ServicePlan(PlannedAction.Create, "nothing of it exists"), LifecyclePlanner.PlanContainer(Desired, State(), false));

    [Fact]
    public void PlanContainer_OtherServicesOnly_Creates() =>
        Assert.Equal(PlannedAction.Create, LifecyclePlanner.PlanContainer(Desired, State(Container(TestServices.Desired("other"), ContainerState.Running), Container(TestServices.Desired(instance: "x"), ContainerState.Running)), true).Action);

    [Theory]
    [InlineData(nameof(ContainerState.Running), null, nameof(PlannedAction.Join), "it runs unchanged")]
    [InlineData(nameof(ContainerState.Running), nameof(OwnerState.Alive), nameof(PlannedAction.Join), "it runs unchanged")]
    [InlineData(nameof(ContainerState.Running), nameof(OwnerState.Unknown), nameof(PlannedAction.Join), "it runs unchanged")]
    [InlineData(nameof(ContainerState.Restarting), null, nameof(PlannedAction.Join), "it runs unchanged")]
    [InlineData(nameof(ContainerState.Created), nameof(OwnerState.Alive), nameof(PlannedAction.Join), "another start is making it")]
    [InlineData(nameof(ContainerState.Created), nameof(OwnerState.Unknown), nameof(PlannedAction.Join), "another start is making it")]
    [InlineData(nameof(ContainerState.Created), null, nameof(PlannedAction.Discard), "it was created but never started")]
    [InlineData(nameof(ContainerState.Exited), nameof(OwnerState.Alive), nameof(PlannedAction.Join), "another start is making it")]
    [InlineData(nameof(ContainerState.Exited), null, nameof(PlannedAction.StartExisting), "it was stopped and is unchanged")]
    [InlineData(nameof(ContainerState.Paused), null, nameof(PlannedAction.Thaw), "it is paused and unchanged")]
    [InlineData(nameof(ContainerState.Dead), null, nameof(PlannedAction.Discard), "its state is Dead")]
    [InlineData(nameof(ContainerState.Removing), null, nameof(PlannedAction.Discard), "its state is Removing")]
    [InlineData(nameof(ContainerState.Unknown), null, nameof(PlannedAction.Discard), "its state is Unknown")]
    public void PlanContainer_Unchanged_GoesByStateAndStart(string state, string? start, string action, string reason) =>
        Assert.Equal(new ServicePlan(Enum.Parse<PlannedAction>(action), reason, Id), LifecyclePlanner.PlanContainer(Desired, State(Start(start), Container(Desired, state)), false));

    [Theory]
    [MemberData(nameof(States))]
    public void PlanContainer_OtherHash_Replaces(string state)
    {
        var changed = Desired with { Image = "demo:2" };

        Assert.Equal(new ServicePlan(IsOfUse(state) ? PlannedAction.Replace : PlannedAction.Discard, "its settings have changed", Id), LifecyclePlanner.PlanContainer(changed, State(Container(Desired, state)), false));
    }

    [Theory]
    [MemberData(nameof(States))]
    public void PlanContainer_OtherHashAndStillInFlight_IsNotWorthKeeping(string state) =>
        Assert.Equal(PlannedAction.Discard, LifecyclePlanner.PlanContainer(Desired with { Image = "demo:2" }, State(OwnerState.Alive, Container(Desired, state)), false).Action);

    [Fact]
    public void PlanContainer_RunsOutsideItsNetwork_Replaces() =>
        Assert.Equal(
            new ServicePlan(PlannedAction.Replace, "it is not in its network any more", Id),
            LifecyclePlanner.PlanContainer(Desired, State(Container(Desired, ContainerState.Running) with { Networks = ["bridge"] }), false));

    [Fact]
    public void PlanContainer_CallWithoutSettingsOfItsOwn_TakesWhatAnEarlierCallHasMade()
    {
        var earlier = Desired with { Image = "demo:2", AsDefined = Desired };

        Assert.Equal(PlannedAction.Join, LifecyclePlanner.PlanContainer(Desired, State(Container(earlier, ContainerState.Running)), false).Action);
        Assert.Equal(PlannedAction.StartExisting, LifecyclePlanner.PlanContainer(Desired, State(Container(earlier, ContainerState.Exited)), false).Action);
        Assert.Equal(PlannedAction.Join, LifecyclePlanner.PlanHostProcess(Desired, State() with { HostProcesses = [Process(earlier, true)] }, false).Action);
    }

    [Fact]
    public void PlanContainer_CallWithSettingsOfItsOwn_ReplacesWhatDiffers()
    {
        var own = Desired with { Image = "demo:2", AsDefined = Desired };

        Assert.Equal(PlannedAction.Replace, LifecyclePlanner.PlanContainer(own, State(Container(Desired, ContainerState.Running)), false).Action);
        Assert.Equal(PlannedAction.Replace, LifecyclePlanner.PlanContainer(own with { Image = "demo:3" }, State(Container(own, ContainerState.Running)), false).Action);
        Assert.Equal(PlannedAction.Join, LifecyclePlanner.PlanContainer(own, State(Container(own, ContainerState.Running)), false).Action);
        Assert.Equal(PlannedAction.Replace, LifecyclePlanner.PlanHostProcess(own, State() with { HostProcesses = [Process(Desired, true)] }, false).Action);
    }

    [Fact]
    public void PlanContainer_DefinitionHasChanged_Replaces()
    {
        var earlier = Desired with { Image = "demo:3", AsDefined = Desired with { Image = "demo:2" } };

        Assert.Equal(PlannedAction.Replace, LifecyclePlanner.PlanContainer(Desired, State(Container(earlier, ContainerState.Running)), false).Action);
    }

    [Theory]
    [MemberData(nameof(States))]
    public void PlanContainer_StartThatDied_Replaces(string state) =>
        Assert.Equal(new ServicePlan(PlannedAction.Discard, "the start that made it died before it finished", Id), LifecyclePlanner.PlanContainer(Desired, State(OwnerState.Dead, Container(Desired, state)), false));

    [Theory]
    [MemberData(nameof(States))]
    public void PlanContainer_Recreate_Replaces(string state) =>
        Assert.Equal(new ServicePlan(IsOfUse(state) ? PlannedAction.Replace : PlannedAction.Discard, "it was asked to be made anew", Id), LifecyclePlanner.PlanContainer(Desired, State(Container(Desired, state)), true));

    [Theory]
    [InlineData("a-b", null, "a", "b", "a-b would be named localzure-a-b, but that is the name of a (instance b).")]
    [InlineData("a", "b", "a-b", null, "a (instance b) would be named localzure-a-b, but that is the name of a-b.")]
    public void PlanContainer_NameOfAnotherPair_IsAConflictThatNamesTheFirst(string name, string? instance, string firstName, string? firstInstance, string message)
    {
        var error = Assert.Throws<LocalZureException>(() => LifecyclePlanner.PlanContainer(
            TestServices.Desired(name, instance), State(Container(TestServices.Desired(firstName, firstInstance), ContainerState.Running)), true));

        Assert.Equal((ErrorCode.NameConflict, message, name, instance), (error.Code, error.Message, error.Service, error.Instance));
    }

    [Fact]
    public void PlanContainer_OursWithoutAService_IsAConflict()
    {
        var nameless = Container(Desired, ContainerState.Running) with { Labels = new Dictionary<string, string> { [Labels.Managed] = "true" } };

        var error = Assert.Throws<LocalZureException>(() => LifecyclePlanner.PlanContainer(Desired, State(nameless), false));

        Assert.Equal((ErrorCode.NameConflict, "demo would be named localzure-demo, but that is the name of something else of ours."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData(true, null, false, false, nameof(PlannedAction.Join), "it runs unchanged")]
    [InlineData(true, nameof(OwnerState.Alive), false, false, nameof(PlannedAction.Join), "it runs unchanged")]
    [InlineData(true, nameof(OwnerState.Unknown), false, false, nameof(PlannedAction.Join), "it runs unchanged")]
    [InlineData(true, nameof(OwnerState.Dead), false, false, nameof(PlannedAction.Discard), "the start that made it died before it finished")]
    [InlineData(true, null, true, false, nameof(PlannedAction.Replace), "its settings have changed")]
    [InlineData(true, null, false, true, nameof(PlannedAction.Replace), "it was asked to be made anew")]
    [InlineData(false, null, false, false, nameof(PlannedAction.Discard), "its process has ended")]
    [InlineData(false, nameof(OwnerState.Alive), false, true, nameof(PlannedAction.Discard), "its process has ended")]
    public void PlanHostProcess_Entry_GoesByProcessStartAndHash(bool running, string? start, bool changed, bool recreate, string action, string reason)
    {
        var state = State(Start(start)) with { HostProcesses = [Process(Desired, running)] };

        Assert.Equal(new ServicePlan(Enum.Parse<PlannedAction>(action), reason), LifecyclePlanner.PlanHostProcess(changed ? Desired with { Image = "demo:2" } : Desired, state, recreate));
    }

    [Fact]
    public void PlanHostProcess_WhatItRefersToHasMoved_Replaces()
    {
        var told = Desired with
        {
            Definition = Desired.Definition with { DependsOn = ["redis"] },
            Environment = new Dictionary<string, string> { ["CACHE"] = "{ref.redis.connectionString}" },
            Values = new Dictionary<string, string> { ["service.redis"] = "127.0.0.1", ["service.redis.tcp"] = "6379", ["secret.redis.password"] = "hidden" },
        };
        Assert.Equal(["service.redis=127.0.0.1", "service.redis.tcp=6379"], told.Addresses.Select(pair => $"{pair.Key}={pair.Value}"));
        var process = Process(told, true);
        var state = State() with { HostProcesses = [process with { Entry = process.Entry with { Addresses = told.Addresses } }] };

        Assert.Equal(PlannedAction.Join, LifecyclePlanner.PlanHostProcess(told, state, false).Action);
        var moved = told with { Values = new Dictionary<string, string>(told.Values) { ["service.redis.tcp"] = "30001" } };
        Assert.Equal(new ServicePlan(PlannedAction.Replace, LifecyclePlanner.Moved), LifecyclePlanner.PlanHostProcess(moved, state, false));

        // A preview has not looked yet where it is.
        Assert.Equal(PlannedAction.Join, LifecyclePlanner.PlanHostProcess(told with { Values = new Dictionary<string, string>() }, state, false).Action);
    }

    [Fact]
    public void PlanHostProcess_Nothing_Creates() =>
        Assert.Equal(new ServicePlan(PlannedAction.Create, "nothing of it exists"), LifecyclePlanner.PlanHostProcess(Desired, State() with { HostProcesses = [Process(TestServices.Desired("other"), true)] }, true));

    [Fact]
    public void PlanHostProcess_NameOfAnotherPair_IsAConflictThatNamesTheFirst()
    {
        var state = State() with { HostProcesses = [Process(TestServices.Desired("a-b"), true)] };

        var error = Assert.Throws<LocalZureException>(() => LifecyclePlanner.PlanHostProcess(TestServices.Desired("a", "b"), state, false));

        Assert.Equal((ErrorCode.NameConflict, "a (instance b) would be named localzure-a-b, but that is the name of a-b."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("9.0.0", nameof(ContainerState.Running), false, nameof(PlannedAction.Join))]
    [InlineData("9.0.0-preview1", nameof(ContainerState.Paused), false, nameof(PlannedAction.Thaw))]
    [InlineData("9.0.0", nameof(ContainerState.Exited), false, nameof(PlannedAction.Replace))]
    [InlineData("9.0.0", nameof(ContainerState.Running), true, nameof(PlannedAction.Replace))]
    [InlineData("0.0.1", nameof(ContainerState.Running), false, nameof(PlannedAction.Replace))]
    [InlineData("x", nameof(ContainerState.Running), false, nameof(PlannedAction.Replace))]
    public void PlanContainer_OtherHashOfAnotherVersion_OnlyTheNewerReplaces(string version, string state, bool hasOwnSettings, string action)
    {
        var existing = Container(Desired, state);
        var other = existing with { Labels = new Dictionary<string, string>(existing.Labels) { [Labels.Version] = version, [Labels.ConfigHash] = "other", [Labels.DefinitionHash] = "other" } };
        var desired = hasOwnSettings ? Desired with { AsDefined = Desired, Image = "demo:2" } : Desired;

        var plan = LifecyclePlanner.PlanContainer(desired, State(other), false);

        Assert.Equal(Enum.Parse<PlannedAction>(action), plan.Action);
        Assert.Equal(plan.Action is PlannedAction.Join or PlannedAction.Thaw, plan.Reason == LifecyclePlanner.Newer);
    }

    private static ObservedState State(params ContainerSummary[] containers) => State(null, containers);

    [Theory]
    [InlineData(nameof(ContainerState.Running))]
    [InlineData(nameof(ContainerState.Exited))]
    [InlineData(nameof(ContainerState.Paused))]
    public void PlanContainer_OfASessionThatHasEnded_IsNotJoined(string state)
    {
        var existing = Container(Desired with { Lifetime = ServiceLifetime.Session }, state);
        var observed = State(existing) with { EndedSessions = new HashSet<string> { "h/b/1/2" } };

        Assert.Equal(PlannedAction.Discard, LifecyclePlanner.PlanContainer(Desired, observed, false).Action);
        Assert.NotEqual(PlannedAction.Discard, LifecyclePlanner.PlanContainer(Desired, State(Container(Desired, state)) with { EndedSessions = observed.EndedSessions }, false).Action);
    }

    [Theory]
    [InlineData(nameof(ServiceLifetime.Persistent), false, null, nameof(PlannedAction.StartExisting))]
    [InlineData(nameof(ServiceLifetime.Persistent), false, nameof(ServiceLifetime.Persistent), nameof(PlannedAction.StartExisting))]
    [InlineData(nameof(ServiceLifetime.Persistent), false, nameof(ServiceLifetime.Session), nameof(PlannedAction.Replace))]
    [InlineData(nameof(ServiceLifetime.Session), true, null, nameof(PlannedAction.StartExisting))]
    [InlineData(nameof(ServiceLifetime.Session), true, nameof(ServiceLifetime.Session), nameof(PlannedAction.StartExisting))]
    [InlineData(nameof(ServiceLifetime.Session), true, nameof(ServiceLifetime.Persistent), nameof(PlannedAction.Replace))]
    [InlineData(nameof(ServiceLifetime.Session), false, null, nameof(PlannedAction.Replace))]
    [InlineData(nameof(ServiceLifetime.Session), false, nameof(ServiceLifetime.Session), nameof(PlannedAction.Replace))]
    public void PlanContainer_Stopped_IsMadeAnewWhenItWouldLiveForAnotherTime(string lifetime, bool own, string? wanted, string action)
    {
        var existing = Container(Desired with { Lifetime = Enum.Parse<ServiceLifetime>(lifetime) }, ContainerState.Exited);
        existing = existing with { Labels = new Dictionary<string, string>(existing.Labels) { [Labels.Owner] = own ? TestServices.LiveOwner : "h/b/1/2" } };
        var desired = Desired with { Lifetime = wanted is null ? null : Enum.Parse<ServiceLifetime>(wanted) };

        Assert.Equal(Enum.Parse<PlannedAction>(action), LifecyclePlanner.PlanContainer(desired, State(existing), false).Action);
    }

    [Fact]
    public void PlanHostProcess_OfASessionThatHasEnded_IsNotJoined()
    {
        var process = Process(Desired, true);
        process = process with { Entry = process.Entry with { Lifetime = ServiceLifetime.Session, Owner = "h/b/1/2" } };
        var observed = new ObservedState([], [process], new Dictionary<string, OwnerState>());

        Assert.Equal(PlannedAction.Join, LifecyclePlanner.PlanHostProcess(Desired, observed, false).Action);
        Assert.Equal(PlannedAction.Discard, LifecyclePlanner.PlanHostProcess(Desired, observed with { EndedSessions = new HashSet<string> { "h/b/1/2" } }, false).Action);
    }

    [Theory]
    [InlineData(nameof(ContainerState.Exited), nameof(OwnerState.Dead), false, nameof(PlannedAction.Replace))]
    [InlineData(nameof(ContainerState.Running), nameof(OwnerState.Dead), false, nameof(PlannedAction.Replace))]
    [InlineData(nameof(ContainerState.Created), null, false, nameof(PlannedAction.Replace))]
    [InlineData(nameof(ContainerState.Dead), nameof(OwnerState.Dead), false, nameof(PlannedAction.Discard))]
    [InlineData(nameof(ContainerState.Exited), nameof(OwnerState.Dead), true, nameof(PlannedAction.Discard))]
    public void PlanContainer_DeadStartThatHasTakenVolumesOver_IsReplacedAndNotDiscarded(string state, string? start, bool outlived, string action)
    {
        var service = Desired with { Lifetime = outlived ? ServiceLifetime.Session : ServiceLifetime.Persistent };
        var container = Container(service, state);
        container = container with { Labels = new Dictionary<string, string>(container.Labels) { [Labels.TakenOverVolumes] = new string('a', 64), [Labels.Owner] = "h/b/1/2" } };
        var observed = State(Start(start), container) with { EndedSessions = new HashSet<string> { "h/b/1/2" } };

        Assert.Equal(Enum.Parse<PlannedAction>(action), LifecyclePlanner.PlanContainer(service, observed, false).Action);
    }

    private static ObservedState State(OwnerState? start, params ContainerSummary[] containers) =>
        new(containers, [], start is { } state ? new Dictionary<string, OwnerState> { ["op"] = state } : []);

    private static ObservedHostProcess Process(DesiredService service, bool running) => new(TestServices.Entry(service, new ProcessIdentity(7, "1")), running, null);

    private static OwnerState? Start(string? text) => text is null ? null : Enum.Parse<OwnerState>(text);

    private static ContainerSummary Container(DesiredService service, string state) => Container(service, Enum.Parse<ContainerState>(state));

    private static ContainerSummary Container(DesiredService service, ContainerState state) => new()
    {
        Id = Id,
        Name = service.Key.ContainerName,
        Image = service.Image,
        State = state,
        Networks = [service.Key.NetworkName],
        Labels = ContainerLabels.ForContainer(service, new StartOperation("op", "h/b/1/2", DateTimeOffset.UnixEpoch)),
    };
}
