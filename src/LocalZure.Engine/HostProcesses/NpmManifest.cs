using System.Text.Json.Serialization;

namespace LocalZure.Engine.HostProcesses;

/// <summary>What is read of a <c>package.json</c>.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Engines">The programs it needs with their versions, by name.</param>
internal sealed record NpmManifest(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("version")] string? Version,
    [property: JsonPropertyName("engines")] IReadOnlyDictionary<string, string>? Engines)
{
    /// <summary>What it says of Node.js; null when nothing.</summary>
    public string? NodeRange => Engines?.GetValueOrDefault("node");
}
