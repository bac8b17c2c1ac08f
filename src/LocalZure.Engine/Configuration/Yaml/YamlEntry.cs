namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>A key of a table with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Place">Where the key is.</param>
/// <param name="Value">The value.</param>
internal sealed record YamlEntry(string Key, Place Place, YamlNode Value)
{
    /// <summary>Whether the value is left out.</summary>
    public bool IsNull => Value is YamlScalar { IsNull: true };

    /// <summary>Where it is shown: a single value by itself, all else by its key.</summary>
    public Place Shown => Value is YamlScalar { IsNull: false } ? Value.Place : Place;
}
