using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Checks;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Configuration.Projects;

/// <summary>Makes a definition of what a user writes of a service that the catalog does not have. Pure.</summary>
internal static class OwnDefinition
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long a process that says nothing of itself must have run to count as usable.</summary>
    private static readonly TimeSpan StableFor = TimeSpan.FromMilliseconds(500);

    /// <summary>The definition, without what every service can say of itself.</summary>
    /// <param name="name">The service's name.</param>
    /// <param name="settings">What is written.</param>
    public static ServiceDefinition Of(string name, ServiceSettings settings)
    {
        var ports = PortsOf(settings);
        var endpoints = ports.ToDictionary(port => port.Name, port => EndpointOf(port, settings), StringComparer.Ordinal);
        return new ServiceDefinition
        {
            Name = name,
            Description = "A service of this project",
            IsOwn = true,
            HasInitProcess = true,
            Image = settings.Image ?? "",
            Ports = ports,
            Probes = ProbesOf(settings.Ready, ports, UsualProbes(ports)),
            StartTimeout = StartTimeout,
            Endpoints = endpoints,
            ConnectionStrings = ports.Take(1).Select(port => KeyValuePair.Create($"{VariableNames.VariableOf(name)}_URL", endpoints[port.Name])).ToList(),
        };
    }

    /// <summary>Probes as they are written; an empty port name stands for the only port.</summary>
    /// <param name="written">What is written; null takes the usual ones.</param>
    /// <param name="ports">The service's ports.</param>
    /// <param name="usual">What is asked when nothing is written.</param>
    public static IReadOnlyList<ProbeDefinition> ProbesOf(IReadOnlyList<ProbeDefinition>? written, IReadOnlyList<PortDefinition> ports, IReadOnlyList<ProbeDefinition> usual) =>
        written?.Select(probe => probe switch
        {
            HttpProbeDefinition { Port: "" } http => http with { Port = ports[0].Name },
            TcpProbeDefinition { Port: "" } tcp => tcp with { Port = ports[0].Name },
            _ => probe,
        }).ToList() ?? usual;

    /// <summary>How a command of the user's runs on the host; null when there is none.</summary>
    /// <param name="settings">What is written.</param>
    /// <param name="definition">The service's definition.</param>
    /// <param name="template">Makes templates of its texts.</param>
    /// <param name="folder">Gives the full path of the folder to run it in, from what is written; null for nothing.</param>
    public static HostDefinition? HostOf(ServiceSettings settings, ServiceDefinition definition, ReferenceTemplate template, Func<string?, string> folder)
    {
        if (settings.Host is not { Command.Count: > 0 } host)
        {
            return null;
        }

        var environment = host.Environment.ToDictionary(pair => pair.Key, pair => template.Of(pair.Value), StringComparer.Ordinal);
        if (definition.IsOwn && definition.Ports is [var first, ..])
        {
            // What most servers listen on when nothing else is said.
            environment.TryAdd("PORT", $"{{port.{first.Name}}}");
        }

        var usual = definition.Probes.Where(probe => probe is HttpProbeDefinition or TcpProbeDefinition or LogProbeDefinition).ToList();
        return new HostDefinition
        {
            Tool = host.Command[0],
            IsCommand = true,
            WorkingDirectory = folder(host.WorkingDirectory),
            Arguments = host.Command.Skip(1).Select(template.Of).ToList(),
            Environment = environment,
            Probes = ProbesOf(host.Ready, definition.Ports, usual.Count > 0 ? usual : [new ProcessProbeDefinition(StableFor)]),
            Files = definition.IsOwn ? [] : null,
        };
    }

    // What has no port to ask must at least not end at once.
    private static List<ProbeDefinition> UsualProbes(IReadOnlyList<PortDefinition> ports) =>
        [ports.FirstOrDefault(port => port.Protocol == "tcp") is { } port ? new TcpProbeDefinition(port.Name) : new ProcessProbeDefinition(StableFor)];

    private static List<PortDefinition> PortsOf(ServiceSettings settings) =>
    [
        .. settings is { Port: { } only, Ports.Count: 0 } ? [Port(ServicePorts.OnlyPort, only.First, 0, PortProtocol.Tcp)] : Array.Empty<PortDefinition>(),
        .. settings.Ports.Select(pair => Port(pair.Key, pair.Value.Container ?? pair.Value.Host?.First ?? 0, 0, pair.Value.Protocol)),
    ];

    // No port of the host is well known for it: any free one, unless one is written.
    private static PortDefinition Port(string name, int container, int host, PortProtocol protocol) =>
        new(name, container, host, "A port of this project's service", protocol == PortProtocol.Udp ? "udp" : "tcp");

    // What is asked over HTTP speaks HTTP, and so does most of what is called so.
    private static string EndpointOf(PortDefinition port, ServiceSettings settings)
    {
        var probe = (settings.Ready ?? settings.Host?.Ready ?? []).OfType<HttpProbeDefinition>().FirstOrDefault(probe => probe.Port == port.Name || probe.Port.Length == 0);
        var scheme = probe is not null ? (probe.Https ? "https" : "http")
            : port.Name.StartsWith("https", StringComparison.Ordinal) ? "https"
            : port.Name is ServicePorts.OnlyPort or "web" || port.Name.StartsWith("http", StringComparison.Ordinal) ? "http"
            : port.Protocol;
        return $"{scheme}://{{address}}:{{port.{port.Name}}}";
    }
}
