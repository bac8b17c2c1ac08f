namespace LocalZure.Engine.Requests.Parsing;

/// <summary>Mounts as people write them, for example <c>./data = /data</c> and <c>cache = /var/cache</c>.</summary>
public static class VolumeTable
{
    /// <summary>Targets by source, paths among the sources in full; of two rows of a source the later counts.</summary>
    /// <param name="rows">Sources and targets.</param>
    /// <param name="resolve">Makes a path full.</param>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<KeyValuePair<string, string>> rows, Func<string, string> resolve)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(resolve);
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (source, target) in rows)
        {
            targets[IsPath(source) ? resolve(source) : source] = target;
        }

        return targets;
    }

    // "./data", "/data", "C:\data" and "~" are paths; "cache" is the name of a volume.
    private static bool IsPath(string source) => source is "." or ".." or "~" || source.AsSpan().IndexOfAny("/\\") >= 0;
}
