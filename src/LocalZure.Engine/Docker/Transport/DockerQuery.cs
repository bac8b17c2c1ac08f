using System.Text.Json;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Writes the parts of a request's address.</summary>
internal static class DockerQuery
{
    /// <summary>A filter by labels; empty for no labels.</summary>
    /// <param name="labels">Each <c>key</c> or <c>key=value</c>; all must match.</param>
    public static string Labels(IReadOnlyList<string> labels) =>
        labels.Count == 0
            ? ""
            : Pair("filters", JsonSerializer.Serialize(new Dictionary<string, IReadOnlyList<string>> { ["label"] = labels }, DockerJsonContext.Default.Filters));

    /// <summary>One parameter, escaped.</summary>
    public static string Pair(string name, string value) => $"{name}={Uri.EscapeDataString(value)}";

    /// <summary>Joins parameters; empty ones are left out.</summary>
    public static string Join(params string[] parts) => string.Join('&', parts.Where(part => part.Length > 0));

    /// <summary>An id or name as a part of a path. Slashes of an image's name stay.</summary>
    public static string Segment(string name) => Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);
}
