using LocalZure.Engine.Catalog;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Requests;

namespace LocalZure.Integration.Tests.Support;

/// <summary>A lab for services that no catalog has: a shell script each, in the test image or on the host.</summary>
internal sealed class ProbeLab : IAsyncDisposable
{
    private const string Name = "probed";

    private readonly Lab _lab;
    private readonly LifecycleServices _services;
    private readonly HostServices _host;
    private readonly StateObserver _observer;

    private ProbeLab(Lab lab)
    {
        _lab = lab;
        var runner = new HostProcessRunner(TimeProvider.System);
        var operations = new OperationRegistry(lab.Home);
        var tools = new HostTools(new Dictionary<string, IHostTool> { ["sh"] = new ShellTool() });
        _host = new HostServices(new HostProcessRegistry(lab.Home, TimeProvider.System), runner, tools, new HostPaths(lab.Home), TimeProvider.System);
        _observer = new StateObserver(_host.Registry, runner, operations);
        _services = new LifecycleServices
        {
            Home = lab.Home,
            Time = TimeProvider.System,
            Observer = _observer,
            Operations = operations,
            PortAllocator = new Lazy<PortAllocator>(() => new PortAllocator(PortRange.Default, EphemeralPorts.Range, Random.Shared)),
        };
    }

    public static async Task<ProbeLab> OpenAsync() => new(await Lab.OpenAsync(ServiceMode.Docker));

    public string ContainerName => _lab.NameOf(Name);

    /// <summary>
    /// A service that is a script with a port <c>main</c>, 80 in its container. The script ends when it is asked to, which the first
    /// process of a container does not do by itself; what it runs for long it has to wait for (<c>&amp; wait</c>).
    /// </summary>
    public static ServiceDefinition Script(string script, params ProbeDefinition[] probes) => new()
    {
        Name = Name,
        Description = "A service for tests",
        Image = Requirements.BusyboxImage,
        Command = ["sh", "-c", $"trap 'exit 0' TERM; {script}"],
        Ports = [new PortDefinition("main", 80, 0, "tests")],
        Probes = probes,
        StartTimeout = TimeSpan.FromSeconds(30),
        Endpoints = new Dictionary<string, string>(),
        Host = new HostDefinition { Tool = "sh", Arguments = ["-c", script] },
    };

    public async Task<Service> StartAsync(ServiceDefinition definition)
    {
        var observed = await _observer.ObserveAsync(_lab.Runtime, CancellationToken.None);
        return await new ContainerStarter(_lab.Runtime!, _services, new RecordedEvents()).StartAsync(Desired(definition), observed, Settings, CancellationToken.None);
    }

    public async Task<Service> StartOnHostAsync(ServiceDefinition definition)
    {
        var observed = await _observer.ObserveAsync(_lab.Runtime, CancellationToken.None);
        return await new HostStarter(_host, _services, _lab.Runtime, new RecordedEvents()).StartAsync(Desired(definition), observed, Settings, CancellationToken.None);
    }

    public Task StopAsync(Service service) =>
        new ContainerStopper(_lab.Runtime!, TimeProvider.System, new RecordedEvents()).StopAsync(service.ContainerId!, null, TimeSpan.Zero, CancellationToken.None);

    /// <summary>What <c>Get-LzServiceHealth</c> says, were the definition in the catalog.</summary>
    public async Task<ServiceHealth> CheckAsync(ServiceDefinition definition)
    {
        var runtimes = new RuntimeProvider(new DockerConnector(_lab.Options.Environment, "/nonexistent", TimeProvider.System), _observer, TimeProvider.System);
        await using (runtimes)
        {
            var reader = new ServiceReader(runtimes, _lab.Options.Environment, new VolumeReader(_host.Paths), _services.SecretReader);
            var checker = new HealthChecker(reader, _host, TimeProvider.System, name => name == Name ? definition : null);
            return Assert.Single(await checker.CheckAsync(new ServiceQuery { Instance = _lab.Instance }, new RecordedEvents(), CancellationToken.None));
        }
    }

    /// <summary>What the container has written so far.</summary>
    /// <summary>What a service has written. The daemon may be behind with it: so many lines are waited for.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(Service service, int atLeast = 1)
    {
        IReadOnlyList<string> lines = [];
        await Eventually.IsEmptyAsync(async () =>
        {
            lines = await ContainerFacts.LogTailAsync(_lab.Runtime!, service.ContainerId!, CancellationToken.None);
            return lines.Count >= atLeast ? [] : [$"{lines.Count} lines of {service.ContainerName}"];
        });
        return lines;
    }

    public Task<IReadOnlyList<string>> LeftoversAsync() => _lab.LeftoversAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    private static StartSettings Settings { get; } = new(NoWait: false, Recreate: false, KeepOnFailure: false);

    private DesiredService Desired(ServiceDefinition definition) => new()
    {
        Key = new ServiceKey(definition.Name, _lab.Instance),
        Definition = definition,
        Image = definition.Image,
        Ports = definition.Ports.Select(port => new DesiredPort(port.Name, port.ContainerPort, "127.0.0.1", 0, false, port.Protocol)).ToList(),
        Environment = definition.Environment,
        Mounts = [],
        StartTimeout = definition.StartTimeout,
    };

    private sealed class ShellTool : IHostTool
    {
        public Task<HostToolLocation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellationToken) =>
            Task.FromResult(new HostToolLocation("sh@1", "/bin/sh", "/", IsNode: false));
    }
}
