using System.Globalization;
using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Lifecycle;

/// <summary>A service that another one refers to, as that one sees it.</summary>
internal sealed class ReferencedService
{
    /// <summary>What the placeholders of references begin with.</summary>
    public const string Prefix = "ref.";

    private readonly ServiceDefinition _definition;
    private readonly Service _service;
    private readonly bool _isFromContainer;
    private readonly Dictionary<string, int> _ports;
    private readonly Template _template;

    /// <summary>Creates one.</summary>
    /// <param name="definition">Its definition.</param>
    /// <param name="service">The service.</param>
    /// <param name="from">How the service runs that refers to it.</param>
    /// <param name="values">What is known so far of its secrets and its place.</param>
    public ReferencedService(ServiceDefinition definition, Service service, ServiceMode from, IReadOnlyDictionary<string, string> values)
    {
        _definition = definition;
        _service = service;
        _isFromContainer = from == ServiceMode.Docker;
        _ports = _isFromContainer
            ? definition.Ports.ToDictionary(port => port.Name, port => port.ContainerPort, StringComparer.Ordinal)
            : service.Ports.GroupBy(port => port.Name, StringComparer.Ordinal).ToDictionary(ports => ports.Key, ports => ports.First().HostPort, StringComparer.Ordinal);
        var own = $"secret.{service.Name}.";
        var secrets = values.Where(pair => pair.Key.StartsWith(own, StringComparison.Ordinal)).ToDictionary(pair => $"secret.{pair.Key[own.Length..]}", pair => pair.Value, StringComparer.Ordinal);
        Host = values[$"service.{service.Name}"];
        _template = new Template(Host, _ports, new Dictionary<string, string>(), secrets);
    }

    private string Host { get; }

    /// <summary>A property: <c>host</c>, <c>name</c>, <c>port</c>, <c>endpoint</c> and <c>connectionString</c>, the last three with a name after a dot if there are several; null when it has none such.</summary>
    public string? Find(string property)
    {
        var dot = property.IndexOf('.', StringComparison.Ordinal);
        var (kind, name) = dot < 0 ? (property, null) : (property[..dot], property[(dot + 1)..]);
        return kind switch
        {
            "host" => Host,
            "name" => _isFromContainer ? _service.Name : _service.ContainerName,
            "port" => PortOf(name),
            "endpoint" => EndpointOf(name ?? _definition.Endpoints.Keys.FirstOrDefault()),
            "connectionString" => ConnectionStringOf(name),
            _ => null,
        };
    }

    private string? PortOf(string? name) =>
        (name ?? (_definition.Ports.Count > 0 ? _definition.Ports[0].Name : null)) is { } port && _ports.TryGetValue(port, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;

    private string? EndpointOf(string? name) => name is not null && _definition.Endpoints.TryGetValue(name, out var text) ? Filled(text) : null;

    private string? ConnectionStringOf(string? name) =>
        _definition.ConnectionStrings.Where(pair => name is null || pair.Key == name).Select(pair => Filled(pair.Value)).FirstOrDefault();

    private string? Filled(string text) => _template.CanFill(text) ? _template.Fill(text) : null;
}
