using LocalZure.Engine.Catalog;
using LocalZure.Engine.Health;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Fills in what follows from a service's ports: endpoints and connection strings. The same for both modes.</summary>
internal static class ServiceFiller
{
    /// <summary>Fills a service; one that the catalog does not know stays as it is. A text that names a secret which is not given is left out.</summary>
    /// <param name="definition">The definition; null when the catalog has none.</param>
    /// <param name="service">The service.</param>
    /// <param name="secrets">Its secrets by placeholder, for example <c>secret.password</c>; null for none.</param>
    public static Service Fill(ServiceDefinition? definition, Service service, IReadOnlyDictionary<string, string>? secrets = null)
    {
        if (definition is null)
        {
            return service;
        }

        var ports = service.Ports.Where(port => port.HostPort > 0).GroupBy(port => port.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().HostPort, StringComparer.Ordinal);
        var address = HostAddress.ToConnectTo(service.Ports.Count > 0 ? service.Ports[0].HostAddress : "");
        var template = new Template(address, ports, new Dictionary<string, string>(), secrets);
        var connectionStrings = definition.ConnectionStrings.Where(pair => template.CanFill(pair.Value))
            .ToDictionary(pair => pair.Key, pair => template.Fill(pair.Value), StringComparer.Ordinal);
        return service with
        {
            Endpoints = definition.Endpoints.Where(pair => template.CanFill(pair.Value))
                .ToDictionary(pair => pair.Key, pair => template.Fill(pair.Value), StringComparer.Ordinal),
            ConnectionStrings = connectionStrings,
            ConnectionString = definition.ConnectionStrings.Count > 0 ? connectionStrings.GetValueOrDefault(definition.ConnectionStrings[0].Key) : null,
            DependsOn = definition.DependsOn,
        };
    }
}
