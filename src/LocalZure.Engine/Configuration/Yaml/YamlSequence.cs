namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>A list.</summary>
internal sealed class YamlSequence : YamlNode
{
    /// <summary>Creates one.</summary>
    /// <param name="place">Where it begins.</param>
    /// <param name="items">Its items.</param>
    public YamlSequence(Place place, IReadOnlyList<YamlNode> items)
        : base(place, items) => Items = items;

    /// <summary>Its items.</summary>
    public IReadOnlyList<YamlNode> Items { get; }

    /// <inheritdoc/>
    public override string Kind => "a list";
}
