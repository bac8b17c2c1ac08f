using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Docker;

/// <summary>
/// Takes out of an inspected container what a creation would refuse or what belongs to the old container alone. Docker shows
/// little of that; Podman (4.3) also shows what it has filled in by itself.
/// </summary>
internal static partial class InspectionCleaner
{
    // As Podman names resource limits: RLIMIT_NOFILE. A creation takes nofile.
    private const string LimitPrefix = "RLIMIT_";

    /// <summary>Cleans the part <c>Config</c>.</summary>
    /// <param name="id">The old container's id.</param>
    /// <param name="config">The part; it is changed.</param>
    public static void CleanConfig(string id, JsonObject config)
    {
        if (IsShort(id, (string?)config["Hostname"]))
        {
            // Not chosen by anybody: the beginning of the old container's id.
            config.Remove("Hostname");
        }

        // The same again: HOSTNAME=84f9172f9ec5
        Remove(config["Env"], variable => variable.StartsWith("HOSTNAME=", StringComparison.Ordinal) && IsShort(id, variable["HOSTNAME=".Length..]));
    }

    /// <summary>Cleans the part <c>HostConfig</c>.</summary>
    /// <param name="config">The part; it is changed.</param>
    public static void CleanHostConfig(JsonObject config)
    {
        foreach (var limit in (config["Ulimits"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if ((string?)limit["Name"] is { } name && name.StartsWith(LimitPrefix, StringComparison.Ordinal))
            {
                limit["Name"] = name[LimitPrefix.Length..].ToLowerInvariant();
            }
        }

        if (config["NanoCpus"] is JsonValue cpus && cpus.TryGetValue<long>(out var limitOfCpus) && limitOfCpus > 0)
        {
            // The same limit in other words, and refused beside it: NanoCpus conflicts with CpuPeriod and CpuQuota
            config.Remove("CpuPeriod");
            config.Remove("CpuQuota");
        }

        // An anonymous volume, which went with the old container: a bind would make it one with a name, which nothing removes.
        Remove(config["Binds"], bind => AnonymousVolume().IsMatch(bind));
    }

    /// <summary>Whether a text is the beginning of a container's id, as both engines shorten it.</summary>
    /// <param name="id">The id.</param>
    /// <param name="text">The text.</param>
    public static bool IsShort(string id, string? text) => text is { Length: 12 } && id.StartsWith(text, StringComparison.Ordinal);

    private static void Remove(JsonNode? list, Predicate<string> isUnwanted)
    {
        if (list is not JsonArray texts)
        {
            return;
        }

        for (var index = texts.Count - 1; index >= 0; index--)
        {
            if (texts[index] is JsonValue value && value.TryGetValue<string>(out var word) && isUnwanted(word))
            {
                texts.RemoveAt(index);
            }
        }
    }

    // 219c1cbaa51328aba2f9698e4ca06cffabd529b02b290f4008886c2650adcaa7:/data:rprivate,rw,nodev,exec,nosuid,rbind
    [GeneratedRegex("^[0-9a-f]{64}:", RegexOptions.CultureInvariant)]
    private static partial Regex AnonymousVolume();
}
