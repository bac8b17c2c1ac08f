using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Catalog;

/// <summary>Shows the catalog to users. Pure.</summary>
internal static class CatalogInfo
{
    /// <summary>A definition as users see it.</summary>
    public static ServiceDefinitionInfo Of(ServiceDefinition definition) => new(
        definition.Name,
        definition.Description,
        definition.Image,
        definition.Ports.ToDictionary(port => port.Name, port => port.DefaultHostPort, StringComparer.Ordinal),
        definition.Host is null ? [ServiceMode.Docker] : [ServiceMode.Docker, ServiceMode.Host],
        definition.DependsOn);

    /// <summary>Why an exact name matched nothing.</summary>
    /// <param name="name">The name.</param>
    /// <param name="instance">The instance; null or empty for the unnamed one.</param>
    /// <param name="own">The names of services that the catalog does not have.</param>
    public static LocalZureException ExplainMissing(string name, string? instance, IReadOnlyList<string> own)
    {
        try
        {
            var known = ServiceCatalog.Find(name)?.Name ?? own.FirstOrDefault(other => other == name) ?? throw ServiceCatalog.Unknown(name, own);
            var key = new ServiceKey(known, DesiredServiceBuilder.InstanceOf(instance));
            return new LocalZureException(ErrorCode.ServiceNotRunning, $"{key} does not run.", $"Start-LzService {key.Name}{(key.Instance is null ? "" : $" -Instance {key.Instance}")} starts it; Get-LzService -All shows what was stopped.")
            {
                Service = key.Name,
                Instance = key.Instance,
            };
        }
        catch (LocalZureException e)
        {
            return e;
        }
    }
}
