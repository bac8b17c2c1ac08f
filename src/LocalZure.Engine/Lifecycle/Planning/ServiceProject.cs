using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>The services that a call can name.</summary>
/// <param name="Find">Finds a service by its name; null when there is none.</param>
/// <param name="Enabled">Those that are started when none is named.</param>
internal sealed record ServiceProject(Func<string, ConfiguredService?> Find, IReadOnlyList<string> Enabled)
{
    /// <summary>The names of the services that the catalog does not have, to be offered for one that is mistyped.</summary>
    public IReadOnlyList<string> OwnNames { get; init; } = [];

    /// <summary>The catalog alone, without a configuration.</summary>
    /// <param name="find">Finds a definition by its name; null when there is none.</param>
    /// <param name="instance">The instance; null for the unnamed one.</param>
    /// <param name="mode">How to run services.</param>
    public static ServiceProject Of(Func<string, ServiceDefinition?> find, string? instance, ServiceMode mode = ServiceMode.Auto) =>
        new(name => find(name) is { } definition ? new ConfiguredService(definition) { Instance = instance, Mode = mode } : null, []);
}
