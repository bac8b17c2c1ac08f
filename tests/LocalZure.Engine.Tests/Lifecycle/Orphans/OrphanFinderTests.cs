using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Orphans;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.Orphans;

public sealed class OrphanFinderTests
{
    private const string Died = "the start that created it died before it finished";
    private const string SessionEnded = "the session that owned it has ended";
    private const string NeverStarted = "it was never started, and the process that created it has ended";

    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly DesiredService Demo = TestServices.Desired(instance: "x");

    [Theory]
    [InlineData(nameof(ContainerState.Running), null, "Persistent", "Dead", null, null)]
    [InlineData(nameof(ContainerState.Exited), null, "Persistent", "Dead", null, null)]
    [InlineData(nameof(ContainerState.Running), "Dead", "Persistent", "Dead", null, Died)]
    [InlineData(nameof(ContainerState.Created), "Dead", "Persistent", "Dead", null, Died)]
    [InlineData(nameof(ContainerState.Running), "Alive", "Session", "Alive", null, null)]
    [InlineData(nameof(ContainerState.Running), null, "Session", "Alive", null, null)]
    [InlineData(nameof(ContainerState.Running), null, "Session", "Unknown", null, null)]
    [InlineData(nameof(ContainerState.Running), null, "Session", "Dead", null, SessionEnded)]
    [InlineData(nameof(ContainerState.Exited), null, "Session", "Dead", null, SessionEnded)]
    [InlineData(nameof(ContainerState.Running), null, "Persistent", "Alive", 0, "its time to live ended at 2026-01-31 12:00:00Z")]
    [InlineData(nameof(ContainerState.Running), null, "Persistent", "Alive", -60, "its time to live ended at 2026-01-31 11:59:00Z")]
    [InlineData(nameof(ContainerState.Running), null, "Persistent", "Alive", 1, null)]
    [InlineData(nameof(ContainerState.Created), null, "Persistent", "Dead", null, NeverStarted)]
    [InlineData(nameof(ContainerState.Created), null, "Persistent", "Alive", null, null)]
    [InlineData(nameof(ContainerState.Created), null, "Persistent", "Unknown", null, null)]
    [InlineData(nameof(ContainerState.Created), "Alive", "Persistent", "Dead", null, null)]
    [InlineData(nameof(ContainerState.Created), "Unknown", "Persistent", "Unknown", null, null)]
    [InlineData(nameof(ContainerState.Dead), null, "Persistent", "Alive", null, "the engine could not remove it earlier")]
    public void FindServices_Container_Table(string state, string? start, string lifetime, string owner, int? expiresInSeconds, string? reason)
    {
        var container = Container(Enum.Parse<ContainerState>(state), lifetime, expiresInSeconds);

        var found = Finder(Observed(start) with { Containers = [container] }, owner).FindServices();

        Assert.Equal(reason is null ? [] : [new Orphan("Container", "localzure-demo-x", "c0ffee", "demo", "x", reason, Now, false)], found);
    }

    [Theory]
    [InlineData("true", "Dead", false, false, true)]
    [InlineData(null, "Dead", false, false, false)]
    [InlineData("true", "Alive", false, false, false)]
    [InlineData("true", "Unknown", false, false, false)]
    [InlineData("true", "Dead", true, false, false)]
    [InlineData("true", "Dead", false, true, false)]
    public void FindVolumes_Table(string? ephemeral, string owner, bool isMounted, bool isInUse, bool isOrphan)
    {
        var labels = new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Service] = "demo", [Labels.Instance] = "x", [Labels.Volume] = "data", [Labels.Owner] = "owner" };
        if (ephemeral is not null)
        {
            labels[Labels.Ephemeral] = ephemeral;
        }

        var container = Container(ContainerState.Running, "Persistent", null) with { Mounts = isMounted ? [new ContainerMount(MountKind.Volume, "localzure-demo-x-data", "", "/data")] : [] };
        var finder = Finder(Observed(null) with { Containers = [container] }, owner);

        var found = finder.FindVolumes([new VolumeSummary("localzure-demo-x-data", labels, Now)], _ => isInUse);

        Assert.Equal(isOrphan ? [new Orphan("Volume", "localzure-demo-x-data", "localzure-demo-x-data", "demo", "x", "nobody uses its environment any more", Now, false)] : [], found);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void FindServices_HostProcessThatHasEnded_IsNoneWhenItWasKeptOnPurpose(bool kept, int count)
    {
        var entry = TestServices.Entry(Demo, new ProcessIdentity(7, "1")) with { IsKept = kept };

        var found = Finder(Observed(null) with { HostProcesses = [new ObservedHostProcess(entry, false, 9)] }, "Alive").FindServices();

        Assert.Equal(count, found.Count);
    }

    [Theory]
    [InlineData(true, null, "Persistent", "Dead", null, "", null)]
    [InlineData(true, "Dead", "Persistent", "Dead", null, "Process", Died)]
    [InlineData(true, null, "Session", "Dead", null, "Process", SessionEnded)]
    [InlineData(true, null, "Session", "Unknown", null, "", null)]
    [InlineData(true, null, "Persistent", "Alive", -1, "Process", "its time to live ended at 2026-01-31 11:59:59Z")]
    [InlineData(false, null, "Persistent", "Alive", null, "Entry", "its process has ended")]
    [InlineData(false, "Alive", "Persistent", "Alive", null, "", null)]
    [InlineData(false, "Unknown", "Persistent", "Unknown", null, "", null)]
    [InlineData(false, "Dead", "Persistent", "Dead", null, "Entry", Died)]
    public void FindServices_HostProcess_Table(bool running, string? start, string lifetime, string owner, int? expiresInSeconds, string kind, string? reason)
    {
        var entry = TestServices.Entry(Demo, new ProcessIdentity(7, "1")) with
        {
            Lifetime = Enum.Parse<ServiceLifetime>(lifetime),
            ExpiresAt = expiresInSeconds is { } seconds ? Now.AddSeconds(seconds) : null,
        };

        var found = Finder(Observed(start) with { HostProcesses = [new ObservedHostProcess(entry, running, null)] }, owner).FindServices();

        Assert.Equal(reason is null ? [] : [new Orphan(kind, "localzure-demo-x", "7", "demo", "x", reason, entry.StartedAt, false)], found);
    }

    [Fact]
    public void FindServices_LabelsThatCannotBeRead_AreNoReason()
    {
        var container = Container(ContainerState.Running, "Session", null);
        var labels = new Dictionary<string, string>(container.Labels) { [Labels.Expires] = "soon", [Labels.Lifetime] = "Forever", [Labels.Owner] = "somebody" };

        var finder = new OrphanFinder(Observed(null) with { Containers = [container with { Labels = labels }] }, OwnerIdentity.Judge, Now);

        Assert.Empty(finder.FindServices());
    }

    [Fact]
    public void FindNetworks_Table()
    {
        var observed = new ObservedState(
            [
                Container(ContainerState.Running, "Persistent", null) with { Networks = ["localzure-used"] },
                Container(ContainerState.Created, "Persistent", null) with { Labels = new Dictionary<string, string> { [Labels.Instance] = "about-to" } },
            ],
            [],
            new Dictionary<string, OwnerState> { ["alive"] = OwnerState.Alive, ["unknown"] = OwnerState.Unknown, ["dead"] = OwnerState.Dead });

        var found = Finder(observed, "Alive").FindNetworks(
        [
            Network("used", "finished"), Network("about-to", "finished"), Network("in-flight", "alive"), Network("in-flight-elsewhere", "unknown"),
            Network("died", "dead"), Network("unused", "finished"), Network("unlabelled", null), Network("odd", "finished") with { Name = "mine" },
        ]);

        Assert.Equal(["localzure-died", "localzure-unused", "localzure-unlabelled"], found.Select(orphan => orphan.Name));
        Assert.Equal(new Orphan("Network", "localzure-died", "id of died", null, "died", "nothing that is in use belongs to it", Now.AddHours(-1), false), found[0]);
    }

    [Theory]
    [InlineData("Alive", 0, false)]
    [InlineData("Unknown", 14, false)]
    [InlineData("Alive", 15, true)]
    [InlineData("Unknown", 15, true)]
    [InlineData("Dead", 0, true)]
    public void FindNetworks_MadeByAStartThatIsNotedElsewhere_IsSparedAsLongAsItMayBeUsed(string owner, int minutes, bool isOrphan)
    {
        var network = Network("n", "elsewhere") with { CreatedAt = Now.AddMinutes(-minutes) };
        network = network with { Labels = new Dictionary<string, string>(network.Labels) { [Labels.Owner] = "h/b/1/2" } };

        Assert.Equal(isOrphan ? 1 : 0, Finder(Observed(null), owner).FindNetworks([network]).Count);
    }

    [Theory]
    [InlineData(null, "another container has replaced it")]
    [InlineData("Dead", "the start that was replacing it died")]
    [InlineData("Alive", null)]
    [InlineData("Unknown", null)]
    public void FindServices_SetAside_GoesByTheStartThatReplacesIt(string? start, string? reason)
    {
        var container = Container(ContainerState.Exited, "Persistent", null) with { Name = "localzure-demo-x.replaced-op" };
        var observed = Observed(start) with
        {
            SetAside = [container],
            Replacements = start is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [container.Id] = "op" },
        };

        Assert.Equal(reason is null ? [] : [reason], Finder(observed, "Alive").FindServices().Select(orphan => orphan.Reason));
    }

    [Theory]
    [InlineData("Alive", "op", 14, false)]
    [InlineData("Unknown", "op", 14, false)]
    [InlineData("Alive", "op", 15, true)]
    [InlineData("Dead", "op", 0, true)]
    [InlineData("Alive", "another", 0, true)]
    public void FindServices_SetAsideByAStartThatIsNotedElsewhere_IsSparedAsLongAsItMayComeBack(string owner, string operation, int minutes, bool isOrphan)
    {
        var old = Container(ContainerState.Exited, "Persistent", null) with { Id = "01d", Name = $"localzure-demo-x.replaced-{operation}" };
        var successor = Container(ContainerState.Running, "Persistent", null) with { CreatedAt = Now.AddMinutes(-minutes) };
        successor = successor with { Labels = new Dictionary<string, string>(successor.Labels) { [Labels.Owner] = "h/b/1/2" } };
        var observed = Observed(null) with { Containers = [successor], SetAside = [old] };

        Assert.Equal(isOrphan ? ["01d"] : [], Finder(observed, owner).FindServices().Select(orphan => orphan.Id));
    }

    [Theory]
    [InlineData("Alive", false)]
    [InlineData("Unknown", false)]
    [InlineData("Dead", true)]
    public void FindServices_SetAsideByAStartOfThisProcessInAnotherHome_IsSparedWhileThatIsInFlight(string start, bool isOrphan)
    {
        var old = Container(ContainerState.Exited, "Persistent", null) with { Id = "01d", Name = "localzure-demo-x.replaced-op" };
        var successor = Container(ContainerState.Running, "Persistent", null);
        successor = successor with { Labels = new Dictionary<string, string>(successor.Labels) { [Labels.Owner] = OwnerIdentity.Current.ToString(), [Labels.Operation] = "op" } };
        var observed = Observed(start) with { Containers = [successor], SetAside = [old] };

        Assert.Equal(isOrphan, Finder(observed, "Alive").FindServices().Any(orphan => orphan.Id == "01d"));
    }

    [Fact]
    public void FindServices_SetAsideByAStartThatDiedBeforeItHadASuccessor_IsNoOrphanButWithoutItsName()
    {
        var container = Container(ContainerState.Running, "Persistent", null);
        var observed = Observed("Dead") with { Replacements = new Dictionary<string, string> { [container.Id] = "op" } };
        var labels = new Dictionary<string, string>(container.Labels) { [Labels.Operation] = "finished" };

        var named = observed with { Containers = [container with { Labels = labels }] };
        var nameless = observed with { Containers = [container with { Labels = labels, Name = "localzure-demo-x.replaced-op" }] };
        Assert.Empty(Finder(named, "Alive").FindServices());
        Assert.Empty(Finder(named, "Alive").FindWithoutName());
        Assert.Empty(Finder(nameless, "Alive").FindServices());
        Assert.Single(Finder(nameless, "Alive").FindWithoutName());
        Assert.Empty(Finder(nameless with { Operations = new Dictionary<string, OwnerState> { ["op"] = OwnerState.Alive } }, "Alive").FindWithoutName());
    }

    [Theory]
    [InlineData("Persistent", null, null)]
    [InlineData("Persistent", -1, "its time to live ended at 2026")]
    [InlineData("Session", null, "the session that owned it has ended")]
    public void FindServices_DeadStartThatHasTakenVolumesOver_IsAnOrphanOnlyWhenItsTimeIsOver(string lifetime, int? expiresInSeconds, string? reason)
    {
        var container = WithLabel(Container(ContainerState.Created, lifetime, expiresInSeconds));

        var found = Finder(Observed("Dead") with { Containers = [container] }, "Dead").FindServices();

        Assert.Equal(reason is null ? 0 : 1, found.Count);
        Assert.All(found, orphan => Assert.StartsWith(reason!, orphan.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(false, true, 0)]
    [InlineData(true, false, 0)]
    public void FindServices_SetAsideWithAVolumeWithoutAName_IsAnOrphanWhenAnotherThatStaysHasIt(bool taken, bool stays, int count)
    {
        IReadOnlyList<ContainerMount> mounts = [new(MountKind.Volume, Anonymous, "", "/data")];
        var old = Container(ContainerState.Exited, "Persistent", null) with { Id = "01d", Name = "localzure-demo-x.replaced-op", Mounts = mounts };
        var successor = WithLabel(Container(ContainerState.Running, "Persistent", stays ? null : -1)) with { Mounts = taken ? mounts : [] };
        var observed = Observed("Dead") with { Containers = [successor], SetAside = [old], Replacements = new Dictionary<string, string> { ["01d"] = "op" } };

        Assert.Equal(count, Finder(observed, "Alive").FindServices().Count(orphan => orphan.Id == "01d"));
    }

    private static readonly string Anonymous = new('a', 64);

    private static ContainerSummary WithLabel(ContainerSummary container) =>
        container with { Labels = new Dictionary<string, string>(container.Labels) { [Labels.TakenOverVolumes] = Anonymous } };

    [Fact]
    public void FindFiles_Unreadable_AreNamedWithTheReason() =>
        Assert.Equal(
            [new Orphan("File", "/home/x.json", "", null, null, "it cannot be read: nobody knows", null, false)],
            Finder(Observed(null) with { Unreadable = [new UnreadableFile("/home/x.json", "nobody knows")] }, "Alive").FindFiles());

    private static OrphanFinder Finder(ObservedState observed, string owner) => new(observed, _ => Enum.Parse<OwnerState>(owner), Now);

    private static ObservedState Observed(string? start) => new([], [], start is null ? [] : new Dictionary<string, OwnerState> { ["op"] = Enum.Parse<OwnerState>(start) });

    private static NetworkSummary Network(string instance, string? operation)
    {
        var labels = new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Instance] = instance };
        if (operation is not null)
        {
            labels[Labels.Operation] = operation;
        }

        return new NetworkSummary("id of " + instance, "localzure-" + instance, labels, Now.AddHours(-1), []);
    }

    private static ContainerSummary Container(ContainerState state, string lifetime, int? expiresInSeconds)
    {
        var labels = ContainerLabels.ForContainer(Demo with { TimeToLive = expiresInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null }, new StartOperation("op", "h/b/1/2", Now));
        labels[Labels.Lifetime] = lifetime;
        return new ContainerSummary { Id = "c0ffee", Name = "localzure-demo-x", Image = "demo:1", State = state, Labels = labels, CreatedAt = Now };
    }
}
