using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalZure.Faults.Simulation;

/// <summary>Values in the way that the Engine API writes them.</summary>
internal static class Json
{
    /// <summary>A time; null is Go's zero time.</summary>
    public static string Time(DateTimeOffset? time) => time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture) : "0001-01-01T00:00:00Z";

    public static JsonObject Of(IReadOnlyDictionary<string, string> values) => new(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    /// <summary>The answer to a call for all volumes.</summary>
    public static string VolumeList(JsonNode[] volumes) => new JsonObject { ["Volumes"] = new JsonArray(volumes) }.ToJsonString();

    /// <summary>A table of texts; empty for null.</summary>
    public static Dictionary<string, string> Texts(JsonNode? node) => (node as JsonObject)?.ToDictionary(pair => pair.Key, pair => (string)pair.Value!) ?? [];
}
