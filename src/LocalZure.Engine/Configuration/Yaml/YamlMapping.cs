namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>A table. No key comes twice.</summary>
internal sealed class YamlMapping : YamlNode
{
    /// <summary>Creates one.</summary>
    /// <param name="place">Where it begins.</param>
    /// <param name="entries">Its entries.</param>
    public YamlMapping(Place place, IReadOnlyList<YamlEntry> entries)
        : base(place, entries.Select(entry => entry.Value)) => Entries = entries;

    /// <summary>Its entries.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; }

    /// <inheritdoc/>
    public override string Kind => "a table";

    /// <summary>The value of a key; null when it is not there.</summary>
    public YamlNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;
}
