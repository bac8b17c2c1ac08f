using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class StartCommandTests : IDisposable
{
    private readonly TestEngine _engine = new();

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task RunAsync_TwoServices_GivesEachInTheOrderOfTheRequest()
    {
        var outcomes = await RunAsync(new StartRequest { Names = ["queue", "blob"], NoWait = true });

        Assert.Equal([("queue", ServiceState.Starting), ("blob", ServiceState.Starting)], outcomes.Select(outcome => (outcome.Name, outcome.Service!.State)));
        Assert.Equal(["localzure-blob", "localzure-queue"], Runtime.Containers.Select(container => container.Name).Order());
    }

    [Fact]
    public async Task RunAsync_SessionOfAProcessWithoutOne_IsRefusedBeforeAnythingIsMade()
    {
        var command = new StartCommand(_engine.Runtimes, _engine.Services with { HasSession = false }, _engine.Host, _engine.Environment);

        var refusal = await Assert.ThrowsAsync<LocalZureException>(() => command.RunAsync(new StartRequest { Names = ["blob"], Lifetime = ServiceLifetime.Session }, _engine.Events, default));
        await command.RunAsync(new StartRequest { Names = ["queue"], NoWait = true }, _engine.Events, default);

        Assert.Equal(ErrorCode.ParameterInvalid, refusal.Code);
        Assert.Equal(["localzure-queue"], Runtime.Containers.Select(container => container.Name));
    }

    [Fact]
    public async Task RunAsync_OneFails_TheOtherStays()
    {
        Runtime.OnStart = container =>
        {
            if (container.Name == "localzure-blob")
            {
                container.End(1);
            }
        };

        var outcomes = await RunAsync(new StartRequest { Names = ["blob", "queue"], NoWait = true });

        Assert.Equal((ErrorCode.ContainerExited, null), (outcomes[0].Error?.Code, outcomes[0].Service));
        Assert.Equal((null, ServiceState.Starting), (outcomes[1].Error, outcomes[1].Service!.State));
        Assert.Equal(["localzure-queue"], Runtime.Containers.Select(container => container.Name));
    }

    [Fact]
    public async Task RunAsync_Orphans_AreSweptAndNothingElse()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("dead", TestServices.DeadOwner, "x", null, Runtime.Now), default);
        await _engine.Operations.BeginAsync(new OperationEntry("alive", TestServices.LiveOwner, "x", null, Runtime.Now), default);
        _engine.AddOurs(TestServices.Desired("died"), operation: "dead");
        _engine.AddOurs(TestServices.Desired("in-flight"), running: false, operation: "alive");
        _engine.AddOurs(TestServices.Desired("expired") with { TimeToLive = TimeSpan.FromMilliseconds(1) });
        _engine.AddOurs(TestServices.Desired("unknown-owner"), running: false, owner: TestServices.UnknownOwner);
        _engine.AddOurs(TestServices.Desired("never-started"), running: false, owner: TestServices.DeadOwner);
        Runtime.Add(new ContainerSpec { Name = "foreign", Image = "x", Labels = new Dictionary<string, string> { [Labels.Expires] = "2020-01-01T00:00:00Z" } });

        await RunAsync(new StartRequest { Names = ["blob"], NoWait = true });

        Assert.Equal(["foreign", "localzure-blob", "localzure-in-flight", "localzure-unknown-owner"], Runtime.Containers.Select(container => container.Name).Order());
        Assert.Equal(3, _engine.Events.Notes.Count(note => note.Contains(" is removed: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RunAsync_OrphanCannotBeSwept_TheStartGoesOn()
    {
        _engine.AddOurs(TestServices.Desired("never-started"), running: false, owner: TestServices.DeadOwner);
        Runtime.Fail("RemoveContainer", RuntimeFailure.Other);

        var outcomes = await RunAsync(new StartRequest { Names = ["blob"], NoWait = true });

        Assert.NotNull(Assert.Single(outcomes).Service);
        Assert.Single(_engine.Events.Warnings);
    }

    [Fact]
    public async Task RunAsync_OrphanOfTheServiceItself_IsReplacedNotSwept()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("dead", TestServices.DeadOwner, "blob", null, Runtime.Now), default);
        _engine.AddOurs(TestServices.Of(ServiceCatalog.Get("blob")), operation: "dead");

        await RunAsync(new StartRequest { Names = ["blob"], NoWait = true });

        Assert.Equal(["Discard"], _engine.Events.Plans);
        Assert.DoesNotContain(_engine.Events.Notes, note => note.Contains(" is removed: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_NoDocker_WarnsOnceForAllServices()
    {
        _engine.Connector.Runtime = null;

        await RunAsync(new StartRequest { Names = ["blob", "queue", "table"] });

        Assert.Equal(["Docker is not used: No Docker endpoint answered. blob, queue, table run as host processes instead, with data of their own. -Mode Host takes that without this warning."], _engine.Events.Warnings);
    }

    [Fact]
    public async Task RunAsync_NoDockerAndImageAskedFor_SaysWhatIsIgnored()
    {
        _engine.Connector.Runtime = null;

        await RunAsync(new StartRequest { Names = ["blob"], Image = "other:1", Cpus = 1 });

        Assert.Equal(
            [
                "Docker is not used: No Docker endpoint answered. blob runs as a host process instead, with data of its own. -Mode Host takes that without this warning.",
                "blob runs as a host process, for which the image and the CPU limit cannot be applied.",
            ],
            _engine.Events.Warnings);
    }

    [Fact]
    public async Task RunAsync_DockerModeWithoutDocker_FailsEachWithoutAWarning()
    {
        _engine.Connector.Runtime = null;

        var outcomes = await RunAsync(new StartRequest { Names = ["blob", "queue"], Mode = ServiceMode.Docker });

        Assert.All(outcomes, outcome => Assert.Equal(ErrorCode.DockerUnavailable, outcome.Error!.Code));
        Assert.Empty(_engine.Events.Warnings);
    }

    [Fact]
    public async Task RunAsync_HostModeBesideAContainer_IsAConflict()
    {
        _engine.AddOurs(TestServices.Of(ServiceCatalog.Get("blob")));

        var outcome = Assert.Single(await RunAsync(new StartRequest { Names = ["blob"], Mode = ServiceMode.Host }));

        Assert.Equal((ErrorCode.NameConflict, "blob exists in a container already."), (outcome.Error!.Code, outcome.Error.Message));
    }

    [Fact]
    public async Task RunAsync_HostModeAndDockerIsSilent_DoesNotWaitLongForIt()
    {
        var time = new ManualTimeProvider();
        using var engine = new TestEngine(time);
        engine.Runtime.Block("ListContainers");

        var start = new StartCommand(engine.Runtimes, engine.Services, engine.Host, engine.Environment).RunAsync(new StartRequest { Names = ["blob"], Mode = ServiceMode.Host }, engine.Events, default);
        await Eventually.IsTrueAsync(() => engine.Runtime.Calls.Any(call => call.Name == "ListContainers"), "a look at the containers");
        time.Advance(TimeSpan.FromSeconds(2));

        // The engine of the test has no programs for host processes; until then it has come.
        Assert.Equal(ErrorCode.InternalError, Assert.Single(await start.WaitAsync(Eventually.Deadline)).Error?.Code);
        Assert.Empty(engine.Events.Warnings);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("Docker")]
    public async Task RunAsync_ModeOfTheEnvironment_IsTaken(string mode)
    {
        _engine.AddOurs(TestServices.Of(ServiceCatalog.Get("blob")));

        var outcome = Assert.Single(await RunAsync(new StartRequest { Names = ["blob"], NoWait = true }, ("LOCALZURE_MODE", mode)));

        Assert.Equal(mode == "host" ? ErrorCode.NameConflict : null, outcome.Error?.Code);
    }

    [Fact]
    public async Task RunAsync_ExpiredContainer_IsSweptWithItsNetwork()
    {
        Runtime.AddNetwork("localzure-old", new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Instance] = "old", [Labels.Owner] = TestServices.DeadOwner });
        Runtime.AddNetwork("localzure-used", new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Instance] = "used", [Labels.Owner] = TestServices.DeadOwner });
        _engine.AddOurs(TestServices.Desired("expired", "old") with { TimeToLive = TimeSpan.FromMilliseconds(1) });
        _engine.AddOurs(TestServices.Desired("goes-on", "used"));

        await RunAsync(new StartRequest { Names = ["blob"], NoWait = true });

        Assert.Equal(["localzure", "localzure-used"], Runtime.Networks.Select(network => network.Name).Order());
    }

    [Fact]
    public async Task RunAsync_DeadStartsThatLeftNothing_AreForgotten()
    {
        await _engine.Operations.BeginAsync(new OperationEntry("dead", TestServices.DeadOwner, "x", null, Runtime.Now), default);
        await _engine.Operations.BeginAsync(new OperationEntry("dead-on-host", TestServices.DeadOwner, "x", null, Runtime.Now) { OnHost = true }, default);
        _engine.Connector.Runtime = null;

        await RunAsync(new StartRequest { Names = ["blob"], Mode = ServiceMode.Docker });
        var withoutDocker = _engine.InFlight.Select(Path.GetFileName).ToList();
        _engine.Connector.Runtime = Runtime;
        await RunAsync(new StartRequest { Names = ["blob"], NoWait = true });

        Assert.Equal(["dead.json"], withoutDocker);
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task RunAsync_FileThatCannotBeRead_WarnsAndGoesOn()
    {
        Directory.CreateDirectory(_engine.Home.File("operations"));
        await File.WriteAllTextAsync(_engine.Home.File("operations", "x.json"), "{}");

        var outcome = Assert.Single(await RunAsync(new StartRequest { Names = ["blob"], NoWait = true }));

        Assert.NotNull(outcome.Service);
        Assert.Equal(
            [$"The file '{_engine.Home.File("operations", "x.json")}' cannot be read: something that it must tell is missing. Remove-LzOrphan removes it, with what it stands for."],
            _engine.Events.Warnings);
    }

    [Fact]
    public async Task PlanAsync_SaysWhatWouldBeDoneAndDoesNothing()
    {
        _engine.AddOurs(TestServices.Of(ServiceCatalog.Get("blob")));
        var before = Runtime.Everything();

        var plans = await Command().PlanAsync(new StartRequest { Names = ["blob", "queue"] }, _engine.Events, default);
        var changed = await Command().PlanAsync(new StartRequest { Names = ["blob"], Ports = new Dictionary<string, PortWish> { [""] = 0 } }, _engine.Events, default);
        var wrong = await Assert.ThrowsAsync<LocalZureException>(() => Command().PlanAsync(new StartRequest { Names = ["blub"] }, _engine.Events, default));

        Assert.Equal(
            ["use container localzure-blob: it runs unchanged", $"create container localzure-queue of {ImageTags.Azurite} at port 10001 (queue): nothing of it exists"],
            plans.Select(plan => plan.Plan));
        Assert.Equal($"replace container localzure-blob of {ImageTags.Azurite} at a free port (blob): its settings have changed", Assert.Single(changed).Plan);
        Assert.Equal(ErrorCode.ServiceUnknown, wrong.Code);
        Assert.Equal(before, Runtime.Everything());
    }

    [Fact]
    public async Task RunAsync_InstanceOfTheEnvironment_IsTaken() =>
        Assert.Equal("pr42", Assert.Single(await RunAsync(new StartRequest { Names = ["blob"], NoWait = true }, ("LOCALZURE_INSTANCE", "pr42"))).Instance);

    [Fact]
    public async Task RunAsync_BadModeOfTheEnvironment_IsRefusedBeforeAnyCall()
    {
        var error = await Assert.ThrowsAsync<LocalZureException>(() => RunAsync(new StartRequest { Names = ["blob"] }, ("LOCALZURE_MODE", "cloud")));

        Assert.Equal((ErrorCode.ParameterInvalid, "LOCALZURE_MODE is 'cloud', which is not a mode."), (error.Code, error.Message));
        Assert.Equal(0, _engine.Connector.Connections);
    }

    [Fact]
    public async Task RunAsync_RunsAsAHostProcess_DockerModeIsAConflict()
    {
        var process = new ProcessIdentity(7, "1");
        _engine.Runner.Running.Add(process);
        await _engine.Registry.WriteAsync(TestServices.Entry(TestServices.Of(ServiceCatalog.Get("blob")), process, "finished"), default);

        var outcome = Assert.Single(await RunAsync(new StartRequest { Names = ["blob"], Mode = ServiceMode.Docker }));

        Assert.Equal((ErrorCode.NameConflict, "blob exists as a host process already."), (outcome.Error!.Code, outcome.Error.Message));
        Assert.Empty(Runtime.Everything());
    }

    private Task<IReadOnlyList<ServiceOutcome>> RunAsync(StartRequest request, params (string Name, string Value)[] environment) =>
        Command(environment).RunAsync(request, _engine.Events, default);

    private StartCommand Command(params (string Name, string Value)[] environment) =>
        new(_engine.Runtimes, _engine.Services, _engine.Host, new EnvironmentSnapshot(environment.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    [Fact]
    public async Task RunAsync_DockerDoesNotAnswerInTime_IsUnavailable()
    {
        _engine.Connector.Gate = new TaskCompletionSource().Task;

        var outcome = Assert.Single(await RunAsync(Configured("defaults: { mode: docker, timeouts: { connect: 50ms } }\nservices: [redis]")));

        Assert.Equal((ErrorCode.DockerUnavailable, "Docker did not answer within the 0.05 s of timeouts.connect."), (outcome.Error!.Code, outcome.Error.Message));
    }

    [Fact]
    public async Task RunAsync_DatabaseAddedLater_HasItsConnectionStringAtOnce()
    {
        await RunAsync(Configured("services: { postgres: { init: { databases: [shop] } } }"));

        var joined = Assert.Single(await RunAsync(Configured("services: { postgres: { init: { databases: [stock, shop] } } }"))).Service!;
        var plain = Assert.Single(await RunAsync(new StartRequest { Names = ["postgres"], NoWait = true })).Service!;

        Assert.Single(Runtime.Calls, call => call.Name == "CreateContainer");
        Assert.Contains("Database=stock;", joined.ConnectionStrings["ConnectionStrings__stock"], StringComparison.Ordinal);
        Assert.EndsWith("/stock", joined.ConnectionStrings["DATABASE_URL"], StringComparison.Ordinal);
        Assert.EndsWith("/shop", joined.ConnectionStrings["DATABASE_URL_SHOP"], StringComparison.Ordinal);
        Assert.EndsWith("/shop", plain.ConnectionStrings["DATABASE_URL"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BuiltAtEveryStart_MakesTheContainerAnewOnlyForAnotherImage()
    {
        var content = "one";
        Runtime.Images = [];
        Runtime.OnBuild = spec =>
        {
            var image = new ImageSummary(Guid.NewGuid().ToString("N"), spec.Labels, content);
            Runtime.ImageContents[spec.Tag] = Runtime.ImageContents[image.Id] = image;
        };
        var request = Built("cache: none");

        var first = Assert.Single(await RunAsync(request)).Service!;
        var same = Assert.Single(await RunAsync(request)).Service!;
        content = "two";
        var other = Assert.Single(await RunAsync(request)).Service!;

        Assert.Equal(first.ContainerId, same.ContainerId);
        Assert.NotEqual(first.ContainerId, other.ContainerId);
        Assert.Equal(3, Runtime.Calls.Count(call => call.Name == "BuildImage"));
    }

    [Theory]
    [InlineData("never", true, true)]
    [InlineData("on-error", true, false)]
    [InlineData("always", false, false)]
    public async Task RunAsync_ImageCleanup_RemovesBuiltImages(string cleanup, bool staysAfterStop, bool staysAfterFailure)
    {
        Runtime.Images = [];
        Runtime.OnBuild = spec => Runtime.ImageContents[spec.Tag] = new ImageSummary("sha256:1", spec.Labels, "");
        var request = Built("cache: content", $"defaults: {{ image_cleanup: {cleanup} }}\n");

        var service = Assert.Single(await RunAsync(request)).Service!;
        var whileUsed = Runtime.Images.Count;
        await new StopCommand(_engine.Runtimes, _engine.Services, _engine.Host).RunAsync(new StopRequest { Services = [service] }, _engine.Events, default);
        var afterStop = Runtime.Images.Count;
        Runtime.OnStart = container => container.End(1);
        var failed = Assert.Single(await RunAsync(request));

        Assert.Equal(ErrorCode.ContainerExited, failed.Error!.Code);
        Assert.Equal((1, staysAfterStop, staysAfterFailure), (whileUsed, afterStop == 1, Runtime.Images.Count == 1));
    }

    private StartRequest Built(string cache, string before = "")
    {
        Directory.CreateDirectory(_engine.Home.File("web"));
        File.WriteAllText(_engine.Home.File("web", "Dockerfile"), "FROM x\n");
        return Configured($"{before}services: {{ web: {{ build: {{ context: ./web, {cache} }} }} }}");
    }

    private StartRequest Configured(string text)
    {
        var file = _engine.Home.File("shop.yml");
        File.WriteAllText(file, text);
        return new StartRequest { Names = [], Configuration = new ConfigurationRequest { Path = file, Folder = _engine.Home.Path }, NoWait = true };
    }
}
