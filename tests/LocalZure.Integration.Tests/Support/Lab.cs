using LocalZure.Engine;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Requests;

namespace LocalZure.Integration.Tests.Support;

/// <summary>
/// An instance name and a LocalZure home of one test's own, in one mode. Whatever the test leaves under them is removed
/// at the end.
/// </summary>
internal sealed class Lab : IAsyncDisposable
{
    private static readonly TimeSpan WriterLimit = TimeSpan.FromSeconds(10);

    private readonly List<LocalZureEngine> _engines = [];

    private readonly string? _dockerHost;

    private Lab(ServiceMode mode, string? dockerHost)
    {
        Mode = mode;
        _dockerHost = dockerHost;
        Home = Directory.CreateTempSubdirectory("localzure-lab-").FullName;
        Options = new EngineOptions { Home = Home, Environment = new EnvironmentSnapshot(Variables(Home)) };
        Engine = NewEngine();
    }

    public ServiceMode Mode { get; }

    /// <summary>The LocalZure home.</summary>
    public string Home { get; }

    /// <summary>The instance that everything of the test carries.</summary>
    public string Instance { get; } = $"it{Guid.NewGuid().ToString("N")[..10]}";

    /// <summary>Marks what the test makes with the docker command line, which is not ours by label.</summary>
    public string ForeignLabel => $"localzure-lab={Instance}";

    public EngineOptions Options { get; }

    public LocalZureEngine Engine { get; }

    /// <summary>The daemon, for looking and cleaning up; null in host mode.</summary>
    public IContainerRuntime? Runtime { get; private set; }

    /// <summary>Opens one.</summary>
    /// <param name="mode">The mode of its services.</param>
    /// <param name="dockerHost">The <c>DOCKER_HOST</c> of its shells; null takes this process' own.</param>
    /// <param name="connect">Whether the daemon is there to be looked at and cleaned up.</param>
    public static async Task<Lab> OpenAsync(ServiceMode mode, string? dockerHost = null, bool connect = true)
    {
        var lab = new Lab(mode, dockerHost);
        if (!connect)
        {
            return lab;
        }

        if (mode == ServiceMode.Docker)
        {
            lab.Runtime = await new DockerConnector(lab.Options.Environment, "/nonexistent", TimeProvider.System).ConnectAsync(CancellationToken.None);
        }
        else
        {
            await SharedTools.LinkAsync(lab.Home);
        }

        return lab;
    }

    /// <summary>The container's name of a service, in host mode too.</summary>
    public string NameOf(string service) => $"localzure-{service}-{Instance}";

    /// <summary>Another engine, as another shell would have; it ends with the lab.</summary>
    public LocalZureEngine NewEngine(EngineOptions? options = null)
    {
        var engine = new LocalZureEngine(options ?? Options);
        lock (_engines)
        {
            _engines.Add(engine);
        }

        return engine;
    }

    /// <summary>The environment of the lab's shells.</summary>
    public Dictionary<string, string> Variables(string home)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Where(entry => !((string)entry.Key).StartsWith("LOCALZURE_", StringComparison.Ordinal))
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
        variables["LOCALZURE_HOME"] = home;
        if (_dockerHost is not null)
        {
            variables["DOCKER_HOST"] = _dockerHost;
        }

        if (Mode == ServiceMode.Host)
        {
            variables["DOCKER_HOST"] = $"unix://{home}/nobody-listens.sock";
        }

        return variables;
    }

    /// <summary>The request for a service at a free port, with time enough for a machine that is busy with other tests.</summary>
    public StartRequest Request(string service) => new()
    {
        Names = [service],
        Instance = Instance,
        Timeout = TimeSpan.FromMinutes(4),
        Ports = service == "storage"
            ? new Dictionary<string, PortWish> { ["blob"] = 0, ["queue"] = 0, ["table"] = 0 }
            : new Dictionary<string, PortWish> { [service] = 0 },
    };

    /// <summary>Starts one service, which must succeed in the lab's mode.</summary>
    public async Task<Service> StartAsync(StartRequest request, LocalZureEngine? engine = null, RecordedEvents? events = null)
    {
        var outcome = (await (engine ?? Engine).StartAsync(request, events ?? new RecordedEvents(), CancellationToken.None)).Single();
        Assert.True(outcome.Error is null, $"{outcome.Error?.Code}: {outcome.Error?.Message}\n{string.Join('\n', outcome.Error?.Evidence ?? [])}");
        Assert.Equal(Mode, outcome.Service!.Mode);
        return outcome.Service;
    }

    public Task<Service> StartAsync(string service = "blob") => StartAsync(Request(service));

    /// <summary>Starts one service, which must fail.</summary>
    public async Task<LocalZureException> FailToStartAsync(StartRequest request)
    {
        var outcome = (await Engine.StartAsync(request, new RecordedEvents(), CancellationToken.None)).Single();
        Assert.Null(outcome.Service);
        return outcome.Error!;
    }

    /// <summary>Stops one service, which must succeed without a warning: a kill after the whole grace period is one.</summary>
    public async Task<Service> StopAsync(Service service, bool keep = false, bool removeData = false)
    {
        var events = new RecordedEvents();
        var outcome = (await Engine.StopAsync(new StopRequest { Services = [service], Keep = keep, RemoveData = removeData }, events, CancellationToken.None)).Single();
        Assert.Null(outcome.Error);
        Assert.Empty(events.Warnings);
        return outcome.Service!;
    }

    /// <summary>What <c>Get-LzService</c> would show.</summary>
    public Task<IReadOnlyList<Service>> GetAsync(bool includeStopped = false, bool includeData = false) =>
        Engine.GetAsync(new ServiceQuery { Instance = Instance, IncludeStopped = includeStopped, IncludeData = includeData }, new RecordedEvents(), CancellationToken.None);

    /// <summary>The orphans of this lab.</summary>
    public async Task<IReadOnlyList<Orphan>> FindOrphansAsync(LocalZureEngine? engine = null) =>
        (await (engine ?? Engine).FindOrphansAsync(null, new RecordedEvents(), CancellationToken.None)).Where(orphan => orphan.Instance == Instance).ToList();

    /// <summary>Removes the orphans of this lab; other people's on the same machine stay.</summary>
    public async Task RemoveOrphansAsync() =>
        await Engine.RemoveOrphansAsync(await FindOrphansAsync(), new RecordedEvents(), CancellationToken.None);

    /// <summary>Everything of the lab that runs or takes up a name: containers, networks, processes, registry entries.</summary>
    public async Task<IReadOnlyList<string>> LeftoversAsync()
    {
        if (Runtime is null)
        {
            // What writes a process' output ends when it has read the last of it, a moment after the process.
            return [.. await Eventually.LeftAsync(() => HostProcessList.MentioningAsync(Home), WriterLimit), .. Files("hosts", "*.json")];
        }

        var containers = await Runtime.ListContainersAsync([InstanceLabel], includeStopped: true, CancellationToken.None);
        var networks = await Runtime.ListNetworksAsync([InstanceLabel], CancellationToken.None);
        return [.. containers.Select(container => $"container {container.Name}"), .. networks.Select(network => $"network {network.Name}"), .. Files("operations", "*.json")];
    }

    /// <summary>The data of the lab's services: volumes, or folders in host mode.</summary>
    public async Task<IReadOnlyList<string>> DataAsync()
    {
        if (Runtime is not null)
        {
            var volumes = await Runtime.ListVolumesAsync([InstanceLabel], CancellationToken.None);
            return volumes.Select(volume => volume.Name).ToList();
        }

        var root = new DirectoryInfo(Path.Combine(Home, "data"));
        return root.Exists ? root.EnumerateDirectories().SelectMany(service => service.EnumerateDirectories()).SelectMany(instance => instance.EnumerateDirectories()).Select(volume => volume.FullName).ToList() : [];
    }

    public async ValueTask DisposeAsync()
    {
        if (Runtime is not null)
        {
            await RemoveLabelledAsync(Runtime, InstanceLabel);
            await RemoveLabelledAsync(Runtime, ForeignLabel);
            await Runtime.DisposeAsync();
        }

        await KillProcessesAsync();
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        var tools = new DirectoryInfo(Path.Combine(Home, "tools"));
        if (tools.LinkTarget is not null)
        {
            tools.Delete();
        }

        Directory.Delete(Home, recursive: true);
    }

    private string InstanceLabel => $"localzure.instance={Instance}";

    private List<string> Files(string folder, string pattern)
    {
        var path = Path.Combine(Home, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, pattern).Select(file => $"file {Path.GetFileName(file)} in {folder}").ToList() : [];
    }

    private static async Task RemoveLabelledAsync(IContainerRuntime runtime, string label)
    {
        foreach (var container in await runtime.ListContainersAsync([label], includeStopped: true, CancellationToken.None))
        {
            await runtime.RemoveContainerAsync(container.Id, CancellationToken.None);
        }

        foreach (var network in await runtime.ListNetworksAsync([label], CancellationToken.None))
        {
            await runtime.RemoveNetworkAsync(network.Id, CancellationToken.None);
        }

        foreach (var volume in await runtime.ListVolumesAsync([label], CancellationToken.None))
        {
            await runtime.RemoveVolumeAsync(volume.Name, CancellationToken.None);
        }
    }

    private async Task KillProcessesAsync()
    {
        var runner = new HostProcessRunner(TimeProvider.System);
        foreach (var entry in (await new HostProcessRegistry(Home, TimeProvider.System).ReadAllAsync(CancellationToken.None)).Values)
        {
            if ((entry.Process ?? runner.FindByLogDirectory(entry.LogDirectory)) is { } process)
            {
                runner.KillTree(process);
            }
        }

        await Eventually.IsEmptyAsync(() => HostProcessList.MentioningAsync(Home));
    }
}
