namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>Makes and puts together nodes. Pure.</summary>
internal static class YamlTree
{
    /// <summary>A table at one place.</summary>
    public static YamlMapping Table(Place place, params (string Key, YamlNode Value)[] entries) =>
        new(place, entries.Select(entry => new YamlEntry(entry.Key, entry.Value.Place, entry.Value)).ToList());

    /// <summary>A value.</summary>
    public static YamlScalar Value(Place place, string text) => new(place, text);

    /// <summary>One node laid over another: tables key by key, all else as a whole. What is left empty lets the other through.</summary>
    /// <param name="near">What goes before; null for nothing.</param>
    /// <param name="far">What lies below; null for nothing.</param>
    public static YamlNode? Merge(YamlNode? near, YamlNode? far)
    {
        if (near is null or YamlScalar { IsNull: true })
        {
            return far ?? near;
        }

        if (near is not YamlMapping nearTable || far is not YamlMapping farTable)
        {
            return near;
        }

        var keys = nearTable.Entries.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        var below = farTable.Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        return new YamlMapping(near.Place, [
            .. nearTable.Entries.Select(entry => below.TryGetValue(entry.Key, out var other) ? Merge(entry, other) : entry),
            .. farTable.Entries.Where(entry => !keys.Contains(entry.Key)),
        ]);
    }

    // A table that a variable adds a value to stays where it is written.
    private static YamlEntry Merge(YamlEntry near, YamlEntry far)
    {
        if (near.IsNull)
        {
            return far;
        }

        var merged = Merge(near.Value, far.Value)!;
        var isWrittenBelow = merged is YamlMapping && far.Value is YamlMapping && far.Place.Source.IsFile && !near.Place.Source.IsFile;
        return near with { Value = merged, Place = isWrittenBelow ? far.Place : near.Place };
    }
}
