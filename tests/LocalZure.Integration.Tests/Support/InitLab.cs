using LocalZure.Engine.Catalog;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Seeding;

namespace LocalZure.Integration.Tests.Support;

/// <summary>A lab whose services are initialized, those of the catalog and one that no catalog has.</summary>
internal sealed class InitLab : IAsyncDisposable
{
    /// <summary>A service of the test image without data that outlives it.</summary>
    public static readonly ServiceDefinition Plain = new()
    {
        Name = "plain",
        Description = "A service for tests",
        Image = Requirements.BusyboxImage,
        Command = ["sh", "-c", "trap 'exit 0' TERM; sleep 600 & wait"],
        Ports = [new PortDefinition("main", 80, 0, "tests")],
        Probes = [],
        StartTimeout = TimeSpan.FromSeconds(30),
        Endpoints = new Dictionary<string, string> { ["main"] = "http://{address}:{port.main}/" },
        ConnectionStrings = [new("PLAIN", "at {port.main}")],
    };

    private readonly LifecycleServices _services;

    private InitLab(Lab lab)
    {
        Lab = lab;
        var operations = new OperationRegistry(lab.Home);
        _services = new LifecycleServices
        {
            Home = lab.Home,
            Time = TimeProvider.System,
            Observer = new StateObserver(new HostProcessRegistry(lab.Home, TimeProvider.System), new HostProcessRunner(TimeProvider.System), operations),
            Operations = operations,
            FindDefinition = name => name == Plain.Name ? Plain : ServiceCatalog.Find(name),
            PortAllocator = new Lazy<PortAllocator>(() => new PortAllocator(PortRange.Default, EphemeralPorts.Range, Random.Shared)),
        };
    }

    public Lab Lab { get; }

    public static async Task<InitLab> OpenAsync() => new(await Lab.OpenAsync(ServiceMode.Docker));

    /// <summary>Starts a service and initializes it.</summary>
    public async Task<Service> StartAsync(string name, InitContent init, RecordedEvents? events = null, bool noWait = false)
    {
        var definition = _services.FindDefinition(name)!;
        var runtime = Lab.Runtime!;
        var observed = await _services.Observer.ObserveAsync(runtime, CancellationToken.None);
        var desired = await new StartValues(_services, runtime).ResolveAsync(Desired(definition, init), ServiceMode.Docker, new Dictionary<string, Service>(), CancellationToken.None);
        var service = await new ContainerStarter(runtime, _services, events ?? new RecordedEvents()).StartAsync(desired, observed, new StartSettings(noWait, false, false), CancellationToken.None);
        return await _services.SecretReader.CompleteAsync(service, runtime, CancellationToken.None);
    }

    /// <summary>A file in the lab's home.</summary>
    public async Task<string> FileAsync(string name, string content)
    {
        var path = Path.Combine(Lab.Home, name);
        await File.WriteAllTextAsync(path, content);
        return path;
    }

    /// <summary>What a command in a container writes.</summary>
    public async Task<string> ReadAsync(Service service, params string[] command) =>
        string.Join('\n', (await Lab.Runtime!.ExecuteAsync(service.ContainerId!, command, CancellationToken.None))!.LastLines);

    public ValueTask DisposeAsync() => Lab.DisposeAsync();

    private DesiredService Desired(ServiceDefinition definition, InitContent init) => new()
    {
        Key = new ServiceKey(definition.Name, Lab.Instance),
        Definition = definition,
        Image = definition.Image,
        Ports = definition.Ports.Select(port => new DesiredPort(port.Name, port.ContainerPort, "127.0.0.1", 0, false, port.Protocol)).ToList(),
        Environment = Environment(definition),
        Mounts = definition.Volumes.Select(volume => new DesiredMount(volume.Name, null, volume.Target)).ToList(),
        StartTimeout = definition.StartTimeout,
        Init = init,
    };

    // A secret reaches its container by its variable.
    private static Dictionary<string, string> Environment(ServiceDefinition definition) =>
        definition.Environment.Concat(definition.Secrets.Select(secret => KeyValuePair.Create(secret.Variable, $"{{secret.{secret.Name}}}"))).ToDictionary(StringComparer.Ordinal);
}
