using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

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

    /// <summary>Those that names mean.</summary>
    /// <param name="names">Names with wildcards; none for all.</param>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public static IReadOnlyList<ServiceDefinitionInfo> Find(IReadOnlyList<string> names)
    {
        var patterns = names.Select(name => new NamePattern(name)).ToList();
        return ServiceCatalog.All.Where(service => patterns.Count == 0 || patterns.Exists(pattern => pattern.Matches(service.Name))).Select(Of).ToList();
    }

    /// <summary>Why an exact name matched nothing.</summary>
    public static LocalZureException ExplainMissing(string name, string? instance)
    {
        try
        {
            var key = new ServiceKey(ServiceCatalog.Get(name).Name, DesiredServiceBuilder.InstanceOf(instance));
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
