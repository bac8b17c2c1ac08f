using System.Text.Json.Nodes;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Writes the parts of a request's address.</summary>
internal static class DockerQuery
{
    /// <summary>A filter by labels; null for no labels.</summary>
    /// <param name="labels">Each <c>key</c> or <c>key=value</c>; all must match.</param>
    public static IDictionary<string, IDictionary<string, bool>>? Labels(IReadOnlyList<string> labels) =>
        labels.Count == 0
            ? null
            : new Dictionary<string, IDictionary<string, bool>> { ["label"] = labels.Distinct().ToDictionary(label => label, _ => true) };

    /// <summary>The same filter as a parameter of a request that is written here; empty for no labels.</summary>
    /// <param name="labels">Each <c>key</c> or <c>key=value</c>; all must match.</param>
    public static string LabelFilter(IReadOnlyList<string> labels)
    {
        if (labels.Count == 0)
        {
            return "";
        }

        var filter = new JsonObject { ["label"] = new JsonObject(labels.Distinct().Select(label => KeyValuePair.Create(label, (JsonNode?)true))) };
        return Pair("filters", filter.ToJsonString());
    }

    /// <summary>One parameter, escaped.</summary>
    public static string Pair(string name, string value) => $"{name}={Uri.EscapeDataString(value)}";

    /// <summary>Joins parameters; empty ones are left out.</summary>
    public static string Join(params string[] parts) => string.Join('&', parts.Where(part => part.Length > 0));

    /// <summary>
    /// An id or name as a part of a path; the client library puts it there as it is. Slashes of an image's name stay.
    /// </summary>
    public static string Segment(string name) => Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);
}
