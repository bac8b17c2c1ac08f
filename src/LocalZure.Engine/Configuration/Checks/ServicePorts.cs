using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Settings;

namespace LocalZure.Engine.Configuration.Checks;

/// <summary>The names of the ports of a service.</summary>
internal static class ServicePorts
{
    /// <summary>What the only port of a service of the user's own is called when it has no name.</summary>
    public const string OnlyPort = "main";

    /// <summary>Those of the catalog, else those that the user names.</summary>
    /// <param name="settings">What the user wrote; null when nothing.</param>
    /// <param name="definition">What the catalog says; null when it does not know the service.</param>
    public static IReadOnlyCollection<string> Of(ServiceSettings? settings, ServiceDefinition? definition) =>
        definition is not null ? definition.Ports.Select(port => port.Name).ToList()
        : settings is { Port: not null, Ports.Count: 0 } ? [OnlyPort]
        : settings?.Ports.Keys.ToList() ?? [];
}
