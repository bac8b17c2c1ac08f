namespace LocalZure;

/// <summary>A service of the catalog, as users see it.</summary>
/// <param name="Name">The name to start it by.</param>
/// <param name="Description">What it is, in one sentence.</param>
/// <param name="Image">The pinned container image.</param>
/// <param name="Ports">Default host ports by port name.</param>
/// <param name="Modes">The modes it can run in.</param>
/// <param name="DependsOn">The services it needs.</param>
public sealed record ServiceDefinitionInfo(
    string Name,
    string Description,
    string Image,
    IReadOnlyDictionary<string, int> Ports,
    IReadOnlyList<ServiceMode> Modes,
    IReadOnlyList<string> DependsOn)
{
    /// <summary>The name to start it by.</summary>
    public override string ToString() => Name;
}
