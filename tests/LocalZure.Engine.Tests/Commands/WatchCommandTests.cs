using LocalZure.Engine.Commands;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class WatchCommandTests : IDisposable
{
    private const string Name = "watcher";

    private readonly TestEngine _engine = new();
    private readonly WatcherRegistry _watchers;

    public WatchCommandTests()
    {
        _watchers = new WatcherRegistry(_engine.Home.Path, _engine.Time);
        _watchers.NoteDocker(Name);
    }

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task RunAsync_OwnerHasEnded_RemovesWhatWasOfItsSessionAndNothingElse()
    {
        AddContainer("mine", ServiceLifetime.Session, TestServices.DeadOwner);
        AddContainer("lasting", ServiceLifetime.Persistent, TestServices.DeadOwner);
        AddContainer("others", ServiceLifetime.Session, TestServices.LiveOwner);
        AddContainer("far", ServiceLifetime.Session, TestServices.UnknownOwner);
        AddNetwork("localzure-gone", "gone", TestServices.DeadOwner);
        AddNetwork("localzure-gone-before", "gone-before", (OwnerIdentity.Current with { Process = new ProcessIdentity(OwnerIdentity.Current.Process.Pid, "2") }).ToString());
        AddNetwork("localzure-lasting", "lasting", TestServices.DeadOwner);
        AddNetwork("localzure-of-others", "of-others", TestServices.UnknownOwner);
        var process = await AddProcessAsync("mine", ServiceLifetime.Session, TestServices.DeadOwner);
        var lasting = await AddProcessAsync("lasting", ServiceLifetime.Persistent, TestServices.DeadOwner);
        var others = await AddProcessAsync("others", ServiceLifetime.Session, TestServices.LiveOwner);

        await RunAsync();

        Assert.Equal(["localzure-far", "localzure-lasting-lasting", "localzure-others"], Runtime.Containers.Select(container => container.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["localzure-lasting", "localzure-of-others"], Runtime.Networks.Select(network => network.Name).Order(StringComparer.Ordinal));
        Assert.Equal([(process, false), (lasting, true), (others, true)], new[] { process, lasting, others }.Select(one => (one, _engine.Runner.IsRunning(one))));
        Assert.Equal(["localzure-lasting.json", "localzure-others.json"], Files("hosts", "*.json"));
        Assert.Empty(Files("watchers", "*"));
    }

    [Fact]
    public async Task RunAsync_ContainerThatDoesNotListen_IsKilledInTheEnd()
    {
        AddContainer("deaf", ServiceLifetime.Session, TestServices.DeadOwner);
        Runtime.OnSignal = (_, _) => { };

        await RunAsync();

        Assert.Empty(Runtime.Containers);
        Assert.Contains("did not end within 1.5 s", Assert.Single(_engine.Events.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_StartCutOffByTheEnd_IsLookedForUntilItHasShownUp()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("late", TestServices.DeadOwner, "late", null, Runtime.Now), default);
        var looks = 0;
        Runtime.Before = call =>
        {
            if (call.Name == "ListContainers" && ++looks == 5)
            {
                AddContainer("late", ServiceLifetime.Session, TestServices.DeadOwner, "late");
            }

            return Task.CompletedTask;
        };

        await RunAsync();

        Assert.True(looks > 5);
        Assert.Empty(Runtime.Containers);
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task RunAsync_DaemonIsAway_GoesOnWhenItIsBack()
    {
        AddContainer("mine", ServiceLifetime.Session, TestServices.DeadOwner);
        var process = await AddProcessAsync("mine", ServiceLifetime.Session, TestServices.DeadOwner);
        _engine.Connector.Runtime = null;

        var work = Command().RunAsync(TestServices.DeadOwner, Name, _engine.Events, default);
        await Eventually.IsTrueAsync(() => _engine.Events.Warnings.Count > 1 && !_engine.Runner.IsRunning(process), "the process ends while the daemon is away");
        Assert.Single(Runtime.Containers);
        _engine.Connector.Runtime = Runtime;
        await work;

        Assert.Empty(Runtime.Containers);
        Assert.Empty(Files("watchers", "*"));
    }

    [Fact]
    public async Task RunAsync_DaemonStaysAway_GivesUpAfterTenMinutesAndSaysSo()
    {
        var time = new ManualTimeProvider();
        using var engine = new TestEngine(time);
        engine.Connector.Runtime = null;
        var watchers = new WatcherRegistry(engine.Home.Path, time);
        watchers.NoteDocker(Name);
        var began = time.GetUtcNow();

        await time.RunAsync(new WatchCommand(engine.Runtimes, engine.Services, engine.Host, watchers, engine.EnvironmentUses).RunAsync(TestServices.DeadOwner, Name, engine.Events, default), 2);

        Assert.Equal(TimeSpan.FromMinutes(10), time.GetUtcNow() - began);
        Assert.Contains("10 minutes", engine.Events.Warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AnotherWatcherIsAtWork_LeavesItToThatOne()
    {
        AddContainer("mine", ServiceLifetime.Session, TestServices.DeadOwner);
        using var held = await _watchers.LockAsync(Name, TimeSpan.Zero, default);

        await RunAsync();

        Assert.Single(Runtime.Containers);
        Assert.Contains("Another watcher", Assert.Single(_engine.Events.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OwnerLives_WaitsAndIsFound()
    {
        using var stop = new CancellationTokenSource();
        AddContainer("mine", ServiceLifetime.Session, TestServices.LiveOwner);

        var work = Command().RunAsync(TestServices.LiveOwner, Name, _engine.Events, stop.Token);
        await Eventually.IsTrueAsync(() => File.Exists(Path.Combine(_watchers.Folder, Name + ".json")), "the watcher's entry");

        Assert.Equal(OwnerIdentity.Current.Process, await _watchers.FindAsync(Name, default));
        Assert.Single(Runtime.Containers);
        Assert.False(work.IsCompleted);
        // The thread that waits looks at the token once a minute.
        await stop.CancelAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef/b/1/2")]
    public async Task RunAsync_OwnerOfAnotherMachine_IsRefused(string owner)
    {
        var failure = await Assert.ThrowsAsync<LocalZureException>(() => Command().RunAsync(owner, Name, _engine.Events, default));

        Assert.Equal(ErrorCode.ParameterInvalid, failure.Code);
    }

    [Fact]
    public async Task StartAsync_ForTheSessionWithoutAWayToWatch_Warns()
    {
        await using var engine = new LocalZureEngine(new EngineOptions { Home = _engine.Home.Path, Environment = _engine.Environment }, _engine.Connector);

        var outcome = Assert.Single(await engine.StartAsync(new StartRequest { Names = ["blob"], NoWait = true, Lifetime = ServiceLifetime.Session }, _engine.Events, default));

        Assert.Equal(ServiceLifetime.Session, outcome.Service!.Lifetime);
        Assert.Contains("no watcher", Assert.Single(_engine.Events.Warnings), StringComparison.Ordinal);
    }

    private Task RunAsync() => Command().RunAsync(TestServices.DeadOwner, Name, _engine.Events, default);

    private WatchCommand Command() => new(_engine.Runtimes, _engine.Services with { FindDefinition = name => TestServices.Definition(name) with { StopGrace = TimeSpan.FromSeconds(10) } }, _engine.Host, _watchers, _engine.EnvironmentUses);

    // With the instance "lasting" for the one whose network must stay.
    private void AddContainer(string name, ServiceLifetime lifetime, string owner, string operation = "finished") =>
        _engine.AddOurs(TestServices.Desired(name, name == "lasting" ? name : null) with { Lifetime = lifetime }, operation: operation, owner: owner);

    private void AddNetwork(string name, string instance, string owner) =>
        Runtime.AddNetwork(name, ContainerLabels.ForNetwork(instance, new StartOperation("finished", owner, Runtime.Now)), _engine.Time.GetUtcNow());

    private async Task<ProcessIdentity> AddProcessAsync(string name, ServiceLifetime lifetime, string owner)
    {
        var process = new ProcessIdentity(1000 + name.Length, name);
        _engine.Runner.Running.Add(process);
        await _engine.Registry.WriteAsync(TestServices.Entry(TestServices.Desired(name), process) with { Lifetime = lifetime, Owner = owner }, default);
        return process;
    }

    private IEnumerable<string?> Files(string folder, string pattern) =>
        Directory.GetFiles(_engine.Home.File(folder), pattern).Where(path => !path.Contains("hosts", StringComparison.Ordinal) || !path.EndsWith(".lock", StringComparison.Ordinal)).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
