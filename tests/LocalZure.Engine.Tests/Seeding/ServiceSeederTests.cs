using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Seeding;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Seeding;

public sealed class ServiceSeederTests : IDisposable
{
    private static readonly InitContent Content = new() { Databases = ["shop"], Exec = [["seed", "it"]] };

    private readonly TestEngine _engine = new();
    private readonly List<string> _commands = [];

    public ServiceSeederTests() => _engine.Runtime.OnExecute = (_, command) =>
    {
        lock (_commands)
        {
            _commands.Add(string.Join(' ', command));
        }

        return new ContainerExecResult(0, []);
    };

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Start_Twice_RunsHooksOnceAndKeepsTheirMemoryInLabels()
    {
        await _engine.StartAsync(Desired(Content));
        await _engine.StartAsync(Desired(Content));

        Assert.Equal(["client --as=root --port=80 --file=/localzure-init/database-01.sql", "seed it"], _commands);
        Assert.Equal("make shop\n", _engine.Runtime.CopiedFiles["/localzure-init/database-01.sql"]);
        var labels = _engine.Runtime.Volumes.Single(volume => volume.Name == "localzure-demo-.seeded").Labels;
        var data = _engine.Runtime.Volumes.Single(volume => volume.Name == "localzure-demo-data").Labels;
        Assert.Equal(($"volume {data["localzure.operation"]}", await Content.ReadHashAsync(CancellationToken.None), ".seeded", "demo"), (labels["localzure.seeded"], labels["localzure.init-hash"], labels["localzure.volume"], labels["localzure.service"]));
    }

    [Fact]
    public async Task Start_OtherContentOnTheSameData_RepeatsNoCommand()
    {
        await _engine.StartAsync(Desired(Content));
        _commands.Clear();

        await _engine.StartAsync(Desired(Content with { Databases = ["shop", "late"], Exec = [["seed", "more"]] }));
        await _engine.StartAsync(Desired(Content with { Databases = ["shop", "late"], Exec = [["seed", "more"]] }));

        Assert.Equal(["client --as=root --port=80 --file=/localzure-init/database-01.sql", "client --as=root --port=80 --file=/localzure-init/database-02.sql"], _commands);
    }

    [Fact]
    public async Task Start_HookFails_UndoesTheStartAndSaysWhy()
    {
        _engine.Runtime.OnExecute = (_, command) => command[0] == "seed" ? new ContainerExecResult(4, ["boom", "Password=hidden"]) : new ContainerExecResult(0, []);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired(Content)));

        Assert.Equal((ErrorCode.InitHookFailed, 4, "demo could not be initialized: command 1 in the container: it ended with exit code 4."), (error.Code, error.ExitCode, error.Message));
        Assert.Equal(["boom", "Password=***"], error.Evidence);
        Assert.Empty(_engine.Runtime.Everything());
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task Start_JoinedServiceWhoseHookFails_LeavesItRunning()
    {
        await _engine.StartAsync(Desired(null));
        var before = _engine.Runtime.Everything();
        _engine.Runtime.OnExecute = (_, _) => new ContainerExecResult(1, []);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired(Content)));

        Assert.Equal(ErrorCode.InitHookFailed, error.Code);
        Assert.Equal(before, _engine.Runtime.Everything());
    }

    [Fact]
    public async Task Start_HooksOfAKilledStart_AreRunAgainAndWhatStandsInTheirWayIsNamed()
    {
        await _engine.StartAsync(Desired(null));
        var data = _engine.Runtime.Volumes.Single(volume => volume.Name == "localzure-demo-data").Labels["localzure.operation"];
        _engine.Runtime.AddVolume("localzure-demo-.seeded", SeedVolumes.LabelsOf(new ServiceKey("demo", null), new SeedMarker($"volume {data}", SeedMarker.Begun)));
        _engine.Runtime.OnExecute = (_, command) => command[0] == "seed" ? new ContainerExecResult(1, ["exists"]) : new ContainerExecResult(0, []);

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired(Content)));

        Assert.Equal((ErrorCode.InitHookFailed, "exists"), (error.Code, Assert.Single(error.Evidence)));
        Assert.EndsWith("An earlier start was killed while it ran the hooks on this data; what it had made by then may be in the way.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Stop-LzService demo -RemoveData", error.Remedy, StringComparison.Ordinal);
        Assert.Contains(_engine.Runtime.Volumes, volume => volume.Name == "localzure-demo-.seeded");
        _engine.Runtime.OnExecute = (_, _) => new ContainerExecResult(0, []);
        await _engine.StartAsync(Desired(Content));
        Assert.Equal(await Content.ReadHashAsync(CancellationToken.None), _engine.Runtime.Volumes.Single(volume => volume.Name == "localzure-demo-.seeded").Labels["localzure.init-hash"]);
    }

    [Fact]
    public async Task Start_WhileHooksRun_HasNotedThatTheyHaveBegun()
    {
        string? noted = null;
        _engine.Runtime.OnExecute = (_, _) =>
        {
            noted = _engine.Runtime.Volumes.Single(volume => volume.Name == "localzure-demo-.seeded").Labels["localzure.init-hash"];
            return new ContainerExecResult(0, []);
        };

        await _engine.StartAsync(Desired(Content));

        Assert.Equal(SeedMarker.Begun, noted);
    }

    [Fact]
    public async Task Start_ServiceWithoutData_RunsHooksForEachRun()
    {
        var desired = Desired(Content) with { Mounts = [] };
        await _engine.StartAsync(desired);
        _engine.Runtime.Container("localzure-demo").End(0);
        _engine.Runtime.Now += TimeSpan.FromMinutes(1);

        await _engine.StartAsync(desired);
        await _engine.StartAsync(desired);

        Assert.Equal(2, _commands.Count(command => command == "seed it"));
    }

    [Fact]
    public async Task Start_NoWait_RunsNoHooksAndSaysSo()
    {
        await _engine.StartAsync(Desired(Content), new StartSettings(NoWait: true, Recreate: false, KeepOnFailure: false));

        Assert.Empty(_commands);
        Assert.Contains("does not run its init hooks", Assert.Single(_engine.Events.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(_engine.Events.All, value => value is StepProgressed { Step: "Initializing" });
    }

    private static DesiredService Desired(InitContent? content)
    {
        var client = new SqlInit
        {
            Program = ["client"],
            Login = ["--as=root", "--port={port.main}"],
            Environment = new Dictionary<string, string>(),
            Database = ["--in={database}"],
            File = ["--file={file}"],
            ConnectionString = "",
            CreateDatabase = "make {database}",
            LongestName = 63,
        };
        return TestServices.Of(TestServices.Definition() with { Init = new InitDefinition { Sql = client } }) with { Init = content };
    }
}
