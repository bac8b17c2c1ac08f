using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

/// <summary>Restart and reset over fakes: api needs sql; file has no need.</summary>
public sealed class RestartCommandTests : IDisposable
{
    private static readonly Dictionary<string, ServiceDefinition> Definitions = new ServiceDefinition[]
    {
        TestServices.Definition("api") with { DependsOn = ["sql"], Ports = [new PortDefinition("api", 80, 18080, "tests")] },
        TestServices.Definition("sql") with { Ports = [new PortDefinition("sql", 80, 18081, "tests")] },
        TestServices.Definition("proc") with
        {
            Ports = [new PortDefinition("proc", 80, 18082, "tests")],
            Host = new HostDefinition { Tool = "sh", Arguments = [], Environment = new Dictionary<string, string> { ["DEFINED"] = "1" } },
        },
    }.ToDictionary(definition => definition.Name);

    private readonly TestEngine _engine = new();
    private readonly LifecycleServices _services;
    private int _starts;

    public RestartCommandTests() => _services = _engine.Services with { FindDefinition = name => Definitions.GetValueOrDefault(name) };

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task Restart_Running_IsTheSameContainerWithATimeline()
    {
        var container = await AddAsync("sql");

        var service = Assert.Single(await RunAsync("sql")).Service!;

        Assert.Equal((container.Id, ServiceState.Running, ServiceHealthStatus.Healthy), (service.ContainerId, service.State, service.Health));
        Assert.NotNull(service.Timeline!.ReadyMs);
        Assert.Equal(["SignalContainer localzure-sql SIGTERM", "StartContainer localzure-sql"], Changes());
        Assert.Equal(["localzure-sql-data"], Runtime.Volumes.Select(volume => volume.Name));
    }

    [Theory]
    [InlineData(nameof(ContainerState.Exited))]
    [InlineData(nameof(ContainerState.Paused))]
    public async Task Restart_StoppedOrPaused_Runs(string state)
    {
        var container = await AddAsync("sql");
        container.State = Enum.Parse<ContainerState>(state);

        var service = Assert.Single(await RunAsync("sql")).Service!;

        Assert.Equal((container.Id, ServiceState.Running), (service.ContainerId, service.State));
    }

    [Fact]
    public async Task Restart_Several_EndsDependantsFirstAndStartsTheNeededFirst()
    {
        await AddAsync("api");
        await AddAsync("sql");

        await RunAsync("api", "sql");

        Assert.Equal(["SignalContainer localzure-api SIGTERM", "SignalContainer localzure-sql SIGTERM", "StartContainer localzure-sql", "StartContainer localzure-api"], Changes());
    }

    [Fact]
    public async Task Restart_NeededOneFails_ItsDependantNamesItAndNothingIsRemoved()
    {
        await AddAsync("api");
        await AddAsync("sql");
        Runtime.OnStart = container => container.End(3);

        var outcomes = await RunAsync("api", "sql");

        Assert.Equal([ErrorCode.DependencyFailed, ErrorCode.ContainerExited], outcomes.Select(outcome => outcome.Error!.Code));
        Assert.Equal(2, Runtime.Containers.Count);
    }

    [Fact]
    public async Task Restart_PortTaken_IsAnErrorAndTheContainerStays()
    {
        var container = await AddAsync("sql");
        Runtime.TakenPorts.Add(18081);

        var error = Assert.Single(await RunAsync("sql")).Error!;

        Assert.Equal(RuntimeFailure.PortUnavailable, ((error as ContainerRuntimeException) ?? (ContainerRuntimeException)error.InnerException!).Failure);
        Assert.Equal([container], Runtime.Containers);
    }

    [Fact]
    public async Task Restart_Vanished_IsServiceNotRunning()
    {
        var container = await AddAsync("sql");
        var services = await FindAsync("sql");
        Runtime.Take(container);

        var outcome = Assert.Single(await Command().RunAsync(new RestartRequest { Services = services }, empty: false, _engine.Events, default));

        Assert.Equal((ErrorCode.ServiceNotRunning, "sql is not there any more; somebody else has removed it."), (outcome.Error!.Code, outcome.Error.Message));
    }

    [Fact]
    public async Task Restart_UnknownToTheCatalog_EndsNothing()
    {
        await AddAsync("sql");
        var service = (await FindAsync("sql"))[0];

        var error = await Assert.ThrowsAsync<LocalZureException>(() => Command().RunAsync(new RestartRequest { Services = [service, service with { Name = "other" }] }, empty: true, _engine.Events, default));

        Assert.Equal(ErrorCode.ServiceUnknown, error.Code);
        Assert.Empty(Changes());
    }

    [Fact]
    public async Task Reset_Running_IsAnotherContainerOfTheSameSettingsWithEmptyVolumes()
    {
        var container = await AddAsync("sql");
        var before = Assert.Single(Runtime.Volumes);

        var service = Assert.Single(await RunAsync(true, "sql")).Service!;

        var after = Assert.Single(Runtime.Containers);
        Assert.NotEqual(container.Id, after.Id);
        Assert.Equal((after.Id, ServiceState.Running), (service.ContainerId, service.State));
        Assert.Equal((container.Spec.Ports, container.Spec.Mounts, container.Spec.Environment), (after.Spec.Ports, after.Spec.Mounts, after.Spec.Environment));
        Assert.NotSame(before, Assert.Single(Runtime.Volumes));
        Assert.Equal(before.Name, Runtime.Volumes[0].Name);

        // By the start that has made it, fresh data is told from older data.
        Assert.NotEqual(before.Labels["localzure.operation"], Runtime.Volumes[0].Labels["localzure.operation"]);
        Assert.Equal(before.Labels.Where(label => label.Key != "localzure.operation").OrderBy(label => label.Key, StringComparer.Ordinal), Runtime.Volumes[0].Labels.Where(label => label.Key != "localzure.operation").OrderBy(label => label.Key, StringComparer.Ordinal));
        Assert.Empty(_engine.InFlight);
        Assert.Empty(_engine.Events.Warnings);
    }

    [Theory]
    [InlineData("RemoveVolume")]
    [InlineData("CreateVolume")]
    [InlineData("CreateLike")]
    [InlineData("StartContainer")]
    public async Task Reset_InterruptedAtACall_IsFinishedByTheNextStartWithTheSettingsThatItHad(string call)
    {
        var start = new StartCommand(_engine.Runtimes, _services, _engine.Host, _engine.Environment);
        await start.RunAsync(new StartRequest { Names = ["sql"], Environment = new Dictionary<string, string> { ["OWN"] = "value" } }, _engine.Events, default);
        var before = Assert.Single(Runtime.Containers);
        var earlier = Runtime.Before;
        var fresh = Assert.Single(Runtime.Volumes).Labels[Labels.Operation];
        Runtime.Before = made => made.Name == call ? throw new Died() : earlier(made);
        await Assert.ThrowsAsync<Died>(() => RunAsync(true, "sql"));
        Runtime.Before = earlier;

        var service = Assert.Single(await start.RunAsync(new StartRequest { Names = ["sql"] }, _engine.Events, default)).Service!;

        var after = Assert.Single(Runtime.Containers);
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal((after.Id, ServiceState.Running), (service.ContainerId, service.State));
        Assert.Equal(before.Spec.Environment, after.Spec.Environment);
        Assert.NotEqual(fresh, Assert.Single(Runtime.Volumes).Labels[Labels.Operation]);
        Assert.Equal("localzure-sql", Runtime.Volumes[0].Labels[Labels.Service] is { } name ? $"localzure-{name}" : null);
        Assert.Empty(Directory.GetFiles(_engine.Home.File("resets")));
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task Reset_InterruptedOnAnotherEngine_IsLeftToAStartThere()
    {
        Runtime.Machine = Runtime.Machine with { Id = "one" };
        await InterruptAsync("RemoveVolume");
        Runtime.Machine = Runtime.Machine with { Id = "two" };
        var volume = Assert.Single(Runtime.Volumes);

        Assert.NotNull((await StartAsync()).Service);

        Assert.Equal($"A reset of sql was interrupted on another container engine, and a start there finishes it. Remove '{Note}' to give it up.", Assert.Single(_engine.Events.Warnings));
        Assert.Equal((true, volume), (File.Exists(Note), Assert.Single(Runtime.Volumes)));
        Assert.DoesNotContain("OWN", Assert.Single(Runtime.Containers).Spec.Environment.Keys);
        Assert.Empty(_engine.InFlight);
    }

    [Theory]
    [InlineData("one", false)]
    [InlineData(null, true)]
    public async Task Reset_InterruptedAndItsVolumeMadeAnewSince_KeepsTheVolume(string? engine, bool isLeft)
    {
        Runtime.Machine = Runtime.Machine with { Id = engine };
        await InterruptAsync("RemoveVolume");
        var noted = Assert.Single(Runtime.Volumes);
        await Runtime.RemoveVolumeAsync(noted.Name, default);
        Runtime.AddVolume(noted.Name, new Dictionary<string, string>(noted.Labels) { [Labels.Operation] = "another" });
        var volume = Assert.Single(Runtime.Volumes);

        Assert.NotNull((await StartAsync()).Service);

        Assert.Same(volume, Assert.Single(Runtime.Volumes));
        Assert.Equal(isLeft, File.Exists(Note));
        Assert.Equal(!isLeft, Assert.Single(Runtime.Containers).Spec.Environment.ContainsKey("OWN"));
        Assert.Equal(isLeft ? 1 : 2, _engine.Events.Warnings.Count);
    }

    [Fact]
    public async Task Reset_KilledBetweenTheStartAndItsEnd_IsTakenAsItIs()
    {
        await StartAsync("value");
        var earlier = Runtime.Before;
        var note = "";
        Runtime.Before = made =>
        {
            note = made.Name == "StartContainer" ? File.ReadAllText(Note) : note;
            return earlier(made);
        };
        await RunAsync(true, "sql");
        Runtime.Before = earlier;
        var container = Assert.Single(Runtime.Containers);

        // As it was before the reset's process noted the end.
        await File.WriteAllTextAsync(Note, note);
        await _engine.Operations.BeginAsync(new OperationEntry(container.Spec.Labels[Labels.Operation], TestServices.DeadOwner, "sql", null, _engine.Time.GetUtcNow()), default);
        var service = (await StartAsync()).Service!;

        Assert.Equal((container.Id, ServiceState.Running), (service.ContainerId, service.State));
        Assert.Same(container, Assert.Single(Runtime.Containers));
        Assert.False(File.Exists(Note));
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task Reset_InterruptedAndItsImageGone_PullsIt()
    {
        await InterruptAsync("CreateLike");
        Runtime.Images = [];

        Assert.NotNull((await StartAsync()).Service);

        Assert.Equal("value", Assert.Single(Runtime.Containers).Spec.Environment["OWN"]);
        Assert.Contains("demo:1", Runtime.Images);
        Assert.False(File.Exists(Note));
    }

    [Fact]
    public async Task Reset_InterruptedAndItsImageNotToBeHad_IsGivenUpWithAWarning()
    {
        await InterruptAsync("CreateLike");
        Runtime.Images = [];
        Runtime.Fail("PullImage", RuntimeFailure.ImageMissing, times: 1);

        Assert.NotNull((await StartAsync()).Service);

        Assert.DoesNotContain("OWN", Assert.Single(Runtime.Containers).Spec.Environment.Keys);
        Assert.Contains(_engine.Events.Warnings, warning => warning.StartsWith("The settings that sql had are lost: ", StringComparison.Ordinal));
        Assert.False(File.Exists(Note));
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task Reset_InterruptedAndItsVolumeInUse_GoesOnWithAWarning()
    {
        await InterruptAsync("RemoveVolume");
        Runtime.Fail("RemoveVolume", RuntimeFailure.InUse);

        Assert.NotNull((await StartAsync()).Service);

        Assert.Equal("value", Assert.Single(Runtime.Containers).Spec.Environment["OWN"]);
        Assert.Contains(_engine.Events.Warnings, warning => warning.StartsWith("sql keeps the volume 'localzure-sql-data' as it is: ", StringComparison.Ordinal));
        Assert.False(File.Exists(Note));
    }

    [Fact]
    public async Task Reset_InterruptedAndCannotBeFinished_IsNotInFlightAndFinishedByTheNextStart()
    {
        await InterruptAsync("CreateLike");
        Runtime.Fail("StartContainer", RuntimeFailure.Other, times: 1);

        Assert.NotNull((await StartAsync()).Error);
        Assert.Empty(_engine.InFlight);
        Assert.NotNull((await StartAsync()).Service);

        Assert.Equal("value", Assert.Single(Runtime.Containers).Spec.Environment["OWN"]);
        Assert.False(File.Exists(Note));
    }

    [Fact]
    public async Task Reset_NoteThatCannotBeRead_IsForgottenWithAWarning()
    {
        await InterruptAsync("CreateLike");
        await File.WriteAllTextAsync(Note, "{");

        Assert.NotNull((await StartAsync()).Service);

        Assert.StartsWith("The reset of sql was interrupted and cannot be finished, which is forgotten now: ", Assert.Single(_engine.Events.Warnings), StringComparison.Ordinal);
        Assert.False(File.Exists(Note));
    }

    [Fact]
    public async Task Stop_OfWhatHasDataAndNoContainer_ForgetsTheInterruptedReset()
    {
        await InterruptAsync("CreateLike");
        await File.WriteAllTextAsync(Note + ".0123.tmp", "half");
        var services = await _engine.Reader.ReadAsync(new ServiceQuery { Names = ["sql"], IncludeStopped = true, IncludeData = true }, _engine.Events, default);
        Assert.Null(Assert.Single(services).ContainerId);

        await new StopCommand(_engine.Runtimes, _services, _engine.Host).RunAsync(new StopRequest { Services = services, RemoveData = true }, _engine.Events, default);

        Assert.Empty(Directory.GetFiles(_engine.Home.File("resets")));
    }

    [Fact]
    public async Task Reset_Done_LeavesNoNote()
    {
        await AddAsync("sql");

        await RunAsync(true, "sql");

        Assert.Empty(Directory.GetFiles(_engine.Home.File("resets")));
    }

    [Fact]
    public async Task Reset_BindMountsAndForeignVolumes_AreSkippedWithAWarning()
    {
        Runtime.AddNetwork("localzure", new Dictionary<string, string> { [Labels.Managed] = "true" });
        Runtime.AddVolume("theirs", new Dictionary<string, string>());
        Runtime.Add(new ContainerSpec
        {
            Name = "localzure-sql",
            Image = "demo:1",
            Labels = new Dictionary<string, string> { [Labels.Managed] = "true", [Labels.Service] = "sql" },
            Mounts = [new MountSpec(MountKind.Bind, "/home/me/data", "/data"), new MountSpec(MountKind.Volume, "theirs", "/other")],
        });

        Assert.NotNull(Assert.Single(await RunAsync(true, "sql")).Service);

        Assert.Equal(
            [
                "sql keeps the folder '/home/me/data', which was mounted at '/data', as it is: only data of LocalZure's own is emptied.",
                "sql keeps the volume 'theirs', which is not its own, as it is: only data of LocalZure's own is emptied.",
            ],
            _engine.Events.Warnings);
        Assert.DoesNotContain(Runtime.Calls, call => call.Name is "RemoveVolume");
    }

    [Fact]
    public async Task Reset_VolumeInUse_RunsAgainAndSaysThatItWasNotEmptied()
    {
        await AddAsync("sql");
        Runtime.Fail("RemoveVolume", RuntimeFailure.InUse);

        var error = Assert.Single(await RunAsync(true, "sql")).Error!;

        Assert.StartsWith("sql runs again but was not emptied: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(ContainerState.Running, Assert.Single(Runtime.Containers).State);
    }

    [Fact]
    public async Task Reset_ImageGone_ChangesNothing()
    {
        var container = await AddAsync("sql");
        Runtime.Images = [];

        var error = Assert.Single(await RunAsync(true, "sql")).Error!;

        Assert.Equal(ErrorCode.ImageNotFound, error.Code);
        Assert.Empty(Changes());
        Assert.Equal(ContainerState.Running, container.State);
    }

    [Fact]
    public async Task Restart_HostProcess_HasTheSameCommandPortsAndEnvironment()
    {
        var process = await AddProcessAsync();
        _engine.Runner.Environments[process] = new Dictionary<string, string> { ["SECRET"] = "s3" };

        var service = Assert.Single(await RunAsync("proc")).Service!;

        var spec = Assert.Single(_engine.Runner.Started);
        Assert.Equal(("/bin/demo", true, "s3"), (spec.FileName, spec.IsWholeEnvironment, spec.Environment["SECRET"]));
        Assert.Equal(["--port", "18082"], spec.Arguments);
        Assert.Equal((ServiceState.Running, ServiceHealthStatus.Healthy), (service.State, service.Health));
        Assert.NotEqual(process.Pid, service.ProcessId);
        Assert.Empty(_engine.Events.Warnings);
        Assert.DoesNotContain("s3", await File.ReadAllTextAsync(_engine.Home.File("hosts", "localzure-proc.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Restart_HostProcessWhoseEnvironmentIsNotKnown_TakesThatOfTheDefinition(bool hadSettings, int warnings)
    {
        await AddProcessAsync(hadSettings);

        await RunAsync("proc");

        var spec = Assert.Single(_engine.Runner.Started);
        Assert.Equal((false, "1"), (spec.IsWholeEnvironment, spec.Environment["DEFINED"]));
        Assert.Equal(warnings, _engine.Events.Warnings.Count);
        var entry = await _engine.Registry.ReadAsync("localzure-proc", default);
        Assert.Equal(hadSettings, entry!.ConfigHash.EndsWith("-without-environment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reset_HostProcess_EmptiesItsOwnFolderAndNoOther()
    {
        var own = Path.Combine(_engine.Host.Paths.DataRoot(new ServiceKey("proc", null)), "data");
        var named = _engine.Home.File("named");
        foreach (var folder in (string[])[own, named])
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "x"), "data");
        }

        await AddProcessAsync(volumes: [new ServiceVolume("data", own, own, "directory"), new ServiceVolume("changed", named, named, "directory"), new ServiceVolume("b", named, named, "bind")]);

        Assert.NotNull(Assert.Single(await RunAsync(true, "proc")).Service);

        Assert.Empty(Directory.GetFiles(own));
        Assert.Single(Directory.GetFiles(named));
        Assert.Equal(2, _engine.Events.Warnings.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HostProcess_ThatNobodyHereCanLookAt_IsLeftAloneByEveryCall(bool isElsewhere)
    {
        var process = await AddProcessAsync();
        var name = TestServices.Of(Definitions["proc"]).Key.ContainerName;
        var entry = (await _engine.Registry.ReadAsync(name, default))!;
        if (isElsewhere)
        {
            await _engine.Registry.WriteAsync(entry with { Place = (ProcessPlace.Here with { Namespace = "1" }).ToString() }, default);
        }
        else
        {
            _engine.Runner.Running.Remove(process);
            _engine.Runner.Hidden.Add(process);
        }

        var data = Path.Combine(_engine.Host.Paths.DataRoot(new ServiceKey("proc", null)), "data");
        Directory.CreateDirectory(data);
        var file = await File.ReadAllTextAsync(_engine.Registry.PathOf(name));
        var services = await FindAsync("proc");

        var stop = await new StopCommand(_engine.Runtimes, _services, _engine.Host).RunAsync(new StopRequest { Services = services, RemoveData = true }, _engine.Events, default);
        var start = await new StartCommand(_engine.Runtimes, _services, _engine.Host, _engine.Environment).RunAsync(new StartRequest { Names = ["proc"], Mode = ServiceMode.Host }, _engine.Events, default);
        var reset = await RunAsync(true, "proc");
        var orphans = await new OrphanCommand(_engine.Runtimes, _services, _engine.Host, _engine.EnvironmentUses).FindAsync(null, _engine.Events, default);

        Assert.Equal((null, ServiceState.Running), (Assert.Single(services).ProcessId, services[0].State));
        Assert.Equal([ErrorCode.NameConflict, ErrorCode.NameConflict, ErrorCode.NameConflict], new[] { stop, start, reset }.Select(outcomes => Assert.Single(outcomes).Error?.Code));
        Assert.Empty(orphans);
        Assert.Equal(file, await File.ReadAllTextAsync(_engine.Registry.PathOf(name)));
        Assert.True(Directory.Exists(data));
        Assert.Empty(_engine.Runner.Killed);
        Assert.Empty(_engine.Runner.Started);
    }

    private RestartCommand Command() => new(_engine.Runtimes, _services, _engine.Host);

    private Task<IReadOnlyList<ServiceOutcome>> RunAsync(params string[] names) => RunAsync(false, names);

    private async Task<IReadOnlyList<ServiceOutcome>> RunAsync(bool empty, params string[] names) =>
        await Command().RunAsync(new RestartRequest { Services = await FindAsync(names) }, empty, _engine.Events, default).WaitAsync(Eventually.Deadline);

    private string Note => _engine.Home.File("resets", "localzure-sql.json");

    // A reset of a service with a setting of its own that dies at a call.
    private async Task InterruptAsync(string call)
    {
        await StartAsync("value");
        var earlier = Runtime.Before;
        Runtime.Before = made => made.Name == call ? throw new Died() : earlier(made);
        await Assert.ThrowsAsync<Died>(() => RunAsync(true, "sql"));
        Runtime.Before = earlier;
    }

    private async Task<ServiceOutcome> StartAsync(string? own = null)
    {
        var start = new StartCommand(_engine.Runtimes, _services, _engine.Host, _engine.Environment);
        var environment = own is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["OWN"] = own };
        return Assert.Single(await start.RunAsync(new StartRequest { Names = ["sql"], Environment = environment }, _engine.Events, default).WaitAsync(Eventually.Deadline));
    }

    private Task<IReadOnlyList<Service>> FindAsync(params string[] names) =>
        _engine.Reader.ReadAsync(new ServiceQuery { Names = names, IncludeStopped = true }, _engine.Events, default);

    private IEnumerable<string> Changes() => Runtime.Calls.Where(call => call.Name is "SignalContainer" or "StartContainer" or "RemoveContainer" && !call.Subject.EndsWith("SIGKILL", StringComparison.Ordinal))
        .Skip(_starts).Select(call => call.ToString());

    // As kill -9: nothing catches it.
    private sealed class Died : Exception;

    private async Task<FakeContainer> AddAsync(string name)
    {
        var desired = TestServices.Of(Definitions[name]);
        await _engine.StartAsync(desired);
        _starts++;
        return Runtime.Container(desired.Key.ContainerName);
    }

    private async Task<ProcessIdentity> AddProcessAsync(bool hadSettings = false, IReadOnlyList<ServiceVolume>? volumes = null)
    {
        var desired = TestServices.Of(Definitions["proc"]);
        var process = new ProcessIdentity(77, "1");
        _engine.Runner.Running.Add(process);
        var entry = TestServices.Entry(desired, process) with
        {
            CommandLine = ["/bin/demo", "--port", "18082"],
            Ports = [new ServicePort("proc", 18082, "127.0.0.1", 18082, "tcp")],
            Volumes = volumes ?? [],
            DefinitionHash = hadSettings ? "another" : desired.ConfigHash,
        };
        await _engine.Registry.WriteAsync(entry, default);
        return process;
    }
}
