using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Orphans;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.Orphans;

public sealed class OrphanRemoverTests : IDisposable
{
    private readonly TestEngine _engine = new();

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task RemoveAsync_OneFails_TheOthersAreRemovedAndInTheirOrder()
    {
        var containers = Enumerable.Range(0, 5).Select(number => _engine.AddOurs(TestServices.Desired($"s{number}"))).ToList();
        var network = Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        Runtime.Before = call => call is { Name: "RemoveContainer", Subject: "localzure-s2" } ? throw new ContainerRuntimeException(RuntimeFailure.Other, "the daemon is busy") : Task.CompletedTask;
        List<Orphan> orphans = [Orphan("Network", "localzure", network.Id), .. containers.Select(container => Orphan("Container", container.Name, container.Id))];

        var removed = await RemoveAsync(orphans, [.. await Runtime.ListContainersAsync([], includeStopped: true, default)]);

        Assert.Equal(orphans.Select(orphan => orphan with { Removed = orphan.Name is not ("localzure-s2" or "localzure") }), removed);
        Assert.Equal(["localzure-s2"], Runtime.Containers.Select(container => container.Name));
        Assert.Equal(
            ["The container 'localzure-s2' could not be removed: the daemon is busy", "The network 'localzure' could not be removed: network localzure has active endpoints"],
            _engine.Events.Warnings);
    }

    [Fact]
    public async Task RemoveAsync_ForeignByNow_IsLeftAndNotCalledRemoved()
    {
        var container = Runtime.Add(new ContainerSpec { Name = "localzure-demo", Image = "x" });
        var network = Runtime.AddNetwork("localzure", new Dictionary<string, string>());

        var removed = await RemoveAsync([Orphan("Container", container.Name, container.Id), Orphan("Network", "localzure", network.Id)]);

        Assert.All(removed, orphan => Assert.False(orphan.Removed));
        Assert.Equal(2, Runtime.Everything().Count);
    }

    [Fact]
    public async Task RemoveAsync_InTheSnapshot_IsLookedAtAgain()
    {
        var ours = _engine.AddOurs(TestServices.Desired("a"));
        var renamed = _engine.AddOurs(TestServices.Desired("b"));
        var observed = await Runtime.ListContainersAsync([], includeStopped: true, default);
        renamed.Rename("mine");

        var removed = await RemoveAsync([Orphan("Container", ours.Name, ours.Id), Orphan("Container", "localzure-b", renamed.Id)], [.. observed]);

        Assert.Equal([true, false], removed.Select(orphan => orphan.Removed));
        Assert.Equal(["mine"], Runtime.Containers.Select(container => container.Name));
    }

    [Fact]
    public async Task RemoveAsync_SetAsideWhenItWasFoundAndBackByNow_IsLeft()
    {
        var ours = _engine.AddOurs(TestServices.Desired("a"));

        var removed = await RemoveAsync([Orphan("Container", Ownership.SetAsideName(new ServiceKey("a", null), new string('0', 32)), ours.Id)]);

        Assert.False(Assert.Single(removed).Removed);
        Assert.Single(Runtime.Containers);
    }

    [Fact]
    public async Task RemoveAsync_LabelsOfItsImage_IsLeft()
    {
        var ours = _engine.AddOurs(TestServices.Desired("a"));
        Runtime.ImageContents["snap"] = new ImageSummary("sha256:snap", ours.Spec.Labels, "");
        Runtime.Take(ours);
        var foreign = Runtime.Add(ours.Spec with { Image = "snap" });
        Runtime.ImageContents["sha256:snap"] = Runtime.ImageContents["snap"];

        var removed = await RemoveAsync([Orphan("Container", foreign.Name, foreign.Id)]);

        Assert.False(Assert.Single(removed).Removed);
        Assert.Single(Runtime.Containers);
    }

    [Fact]
    public async Task RemoveAsync_GoneAlready_CountsAsRemoved()
    {
        var removed = await RemoveAsync([Orphan("Container", "c", new string('0', 64)), Orphan("Network", "n", new string('1', 64)), Orphan("Entry", "localzure-demo", "7")]);

        Assert.All(removed, orphan => Assert.True(orphan.Removed));
    }

    [Fact]
    public async Task RemoveAsync_HostProcess_IsEndedAndForgottenUnlessTheNameIsAnothers()
    {
        var (mine, another) = (new ProcessIdentity(7, "1"), new ProcessIdentity(8, "1"));
        _engine.Runner.Running.UnionWith([mine, another]);
        await _engine.Registry.WriteAsync(TestServices.Entry(TestServices.Desired("a"), mine), default);
        await _engine.Registry.WriteAsync(TestServices.Entry(TestServices.Desired("b"), another), default);

        var removed = await RemoveAsync([Orphan("Process", "localzure-a", "7"), Orphan("Process", "localzure-b", "7")]);

        Assert.All(removed, orphan => Assert.True(orphan.Removed));
        Assert.Equal([another], _engine.Runner.Running);
        Assert.Equal("localzure-b", Assert.Single((await _engine.Registry.ReadAllAsync(default)).Values).ContainerName);
    }

    [Fact]
    public async Task RemoveAsync_ProcessThatNoEntryTellsOf_IsFoundByItsMark()
    {
        var desired = TestServices.Desired("a");
        var (mine, another) = (new ProcessIdentity(7, "1"), new ProcessIdentity(8, "1"));
        _engine.Runner.Running.UnionWith([mine, another]);
        _engine.Runner.Marked[mine] = "/no such folder/localzure-a";
        _engine.Runner.Marked[another] = "/no such folder/localzure-b";
        await _engine.Registry.WriteAsync(TestServices.Entry(desired, null), default);

        var removed = await RemoveAsync([Orphan("Process", "localzure-a", "7")]);

        Assert.True(Assert.Single(removed).Removed);
        Assert.Equal([another], _engine.Runner.Running);
        Assert.Empty((await _engine.Registry.ReadAllAsync(default)).Values);
    }

    [Fact]
    public async Task RemoveAsync_FileOfAProcessOfAnotherMachine_Stays()
    {
        var file = _engine.Home.File("hosts", "localzure-a.json");
        var note = HostLogFiles.ProcessNote(_engine.Host.Paths.Log("localzure-a"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Directory.CreateDirectory(Path.GetDirectoryName(note)!);
        await File.WriteAllTextAsync(file, "{ half");
        await File.WriteAllTextAsync(note, $"7 1 {ProcessPlace.Here with { Machine = "another", Namespace = "another" }}");

        var removed = await RemoveAsync([Orphan("File", file, "")]);

        Assert.False(Assert.Single(removed).Removed);
        Assert.True(File.Exists(file));
        Assert.Contains("another machine", Assert.Single(_engine.Events.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoveAsync_FileOfAHostProcess_GoesWithTheProcessItStoodFor()
    {
        var mine = new ProcessIdentity(7, "1");
        _engine.Runner.Running.Add(mine);
        _engine.Runner.Marked[mine] = _engine.Host.Paths.Log("localzure-a");
        var files = (string[])[_engine.Home.File("hosts", "localzure-a.json"), _engine.Home.File("operations", "x.json")];
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, "{ half");
        }

        var removed = await RemoveAsync(files.Select(file => Orphan("File", file, "")).ToList());

        Assert.All(removed, orphan => Assert.True(orphan.Removed));
        Assert.Empty(_engine.Runner.Running);
        Assert.All(files, file => Assert.False(File.Exists(file)));
    }

    [Fact]
    public async Task RemoveAsync_FilesCannotBeRemoved_TheOthersStillAre()
    {
        var mine = new ProcessIdentity(7, "1");
        _engine.Runner.Running.Add(mine);
        _engine.Runner.BeforeKill = _ => throw new IOException("the disk is gone");
        await _engine.Registry.WriteAsync(TestServices.Entry(TestServices.Desired("a"), mine), default);
        var container = _engine.AddOurs(TestServices.Desired("b"));

        var removed = await RemoveAsync([Orphan("Process", "localzure-a", "7"), Orphan("Container", container.Name, container.Id)]);

        Assert.Equal([false, true], removed.Select(orphan => orphan.Removed));
        Assert.Equal(["The process 'localzure-a' could not be removed: the disk is gone"], _engine.Events.Warnings);
    }

    [Fact]
    public async Task RemoveAsync_NoDocker_SaysSoForEach()
    {
        var removed = await new OrphanRemover(new Observation(null, ObservedStates.Nothing, null), _engine.Host, new HostStopper(_engine.Host, _engine.Time, _engine.Events), _engine.Events).RemoveAsync([Orphan("Container", "c", "1")], default);

        Assert.False(Assert.Single(removed).Removed);
        Assert.Single(_engine.Events.Warnings);
    }

    private static Orphan Orphan(string kind, string name, string id) => new(kind, name, id, null, null, "a test says so", null, false);

    private Task<IReadOnlyList<Orphan>> RemoveAsync(IReadOnlyList<Orphan> orphans, params ContainerSummary[] observed) =>
        new OrphanRemover(new Observation(Runtime, ObservedStates.Nothing with { Containers = observed }, null), _engine.Host, new HostStopper(_engine.Host, _engine.Time, _engine.Events), _engine.Events).RemoveAsync(orphans, default);

    [Fact]
    public async Task RemoveAsync_NetworkThatAForeignContainerIsIn_IsNotTried()
    {
        var network = Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        Runtime.Add(new ContainerSpec { Name = "web", Image = "x", Network = "localzure" });

        var removed = await RemoveAsync([Orphan("Network", "localzure", network.Id)]);

        Assert.False(Assert.Single(removed).Removed);
        Assert.DoesNotContain(Runtime.Calls, call => call.Name == "RemoveNetwork");
        Assert.Empty(_engine.Events.Warnings);
    }

    [Fact]
    public async Task FindAsync_NetworkThatAForeignContainerIsIn_IsNoOrphan()
    {
        Runtime.AddNetwork("localzure-used", new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Instance] = "used" });
        Runtime.AddNetwork("localzure-left", new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Instance] = "left" });
        Runtime.Add(new ContainerSpec { Name = "web", Image = "x", Network = "localzure-used" });

        var orphans = await new Engine.Commands.OrphanCommand(_engine.Runtimes, _engine.Services, _engine.Host, _engine.EnvironmentUses).FindAsync(null, _engine.Events, default);

        Assert.Equal(["localzure-left"], orphans.Select(orphan => orphan.Name));
    }
}
