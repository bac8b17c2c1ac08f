using LocalZure.Engine.Commands;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Tests.Support;

/// <summary>The parts of an engine over fakes, with a home of its own.</summary>
internal sealed class TestEngine : IDisposable
{
    public TestEngine(TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        Operations = new OperationRegistry(Home.Path);
        Registry = new HostProcessRegistry(Home.Path, Time);
        var observer = new StateObserver(Registry, Runner, Operations);
        Services = new LifecycleServices
        {
            Home = Home.Path,
            Time = Time,
            Observer = observer,
            Operations = Operations,
            PortAllocator = new Lazy<PortAllocator>(() => new PortAllocator(PortRange.Default, EphemeralPorts.Range, Random.Shared)),
        };
        Host = new HostServices(Registry, Runner, new HostTools(new Dictionary<string, IHostTool>()), new HostPaths(Home.Path), Time);
        Connector = new FakeConnector(Runtime);
        Runtimes = new RuntimeProvider(Connector, observer, Time);
        Reader = new ServiceReader(Runtimes, Environment, new VolumeReader(Host.Paths), Services.SecretReader);
        Environments = new EnvironmentReader(Reader, Services.EnvironmentUsers, Time);
        EnvironmentUses = new EnvironmentUses(Services, Environments, new EnvironmentRemover(Reader, new StopCommand(Runtimes, Services, Host), Services), new StartCommand(Runtimes, Services, Host, Environment), Environment);
    }

    public TempFolder Home { get; } = new();

    public TimeProvider Time { get; }

    public FakeContainerRuntime Runtime { get; } = new();

    public FakeHostProcessRunner Runner { get; } = new();

    public RecordedEvents Events { get; } = new();

    public OperationRegistry Operations { get; }

    public HostProcessRegistry Registry { get; }

    public LifecycleServices Services { get; }

    public HostServices Host { get; }

    public FakeConnector Connector { get; }

    public RuntimeProvider Runtimes { get; }

    public ServiceReader Reader { get; }

    public EnvironmentReader Environments { get; }

    public EnvironmentUses EnvironmentUses { get; }

    public EnvironmentSnapshot Environment { get; } = new([]);

    public static StartSettings Settings { get; } = new(NoWait: false, Recreate: false, KeepOnFailure: false);

    /// <summary>The ids of the starts that are written down as in flight.</summary>
    public IReadOnlyList<string> InFlight => Directory.Exists(Home.File("operations")) ? Directory.GetFiles(Home.File("operations")) : [];

    /// <summary>Looks and starts, as a start command does.</summary>
    public async Task<Service> StartAsync(DesiredService desired, StartSettings? settings = null, CancellationToken cancellationToken = default)
    {
        var observed = await Services.Observer.ObserveAsync(Runtime, CancellationToken.None);
        return await new ContainerStarter(Runtime, Services, Events).StartAsync(desired, observed, settings ?? Settings, cancellationToken);
    }

    public ContainerStopper Stopper() => new(Runtime, Time, Events);

    /// <summary>A container of a service, as a finished start leaves it.</summary>
    public FakeContainer AddOurs(DesiredService desired, bool running = true, string operation = "finished", string? owner = null)
    {
        var ports = desired.Ports.ToDictionary(port => port.Name, port => port.HostPort);
        return Runtime.Add(ContainerSpecBuilder.Build(desired, ports, new StartOperation(operation, owner ?? TestServices.LiveOwner, Runtime.Now)), running);
    }

    public void Dispose() => Home.Dispose();
}
