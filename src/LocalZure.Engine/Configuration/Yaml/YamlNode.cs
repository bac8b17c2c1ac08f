namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>A node of a document. Shared where the document has aliases, so that it must be read only.</summary>
internal abstract class YamlNode
{
    /// <summary>Creates one.</summary>
    /// <param name="place">Where it begins.</param>
    /// <param name="children">What it holds.</param>
    private protected YamlNode(Place place, IEnumerable<YamlNode> children)
    {
        Place = place;
        Size = 1;
        foreach (var child in children)
        {
            Size += child.Size;
            Characters += child.Characters;
            Height = Math.Max(Height, child.Height + 1);
        }
    }

    /// <summary>Where it begins.</summary>
    public Place Place { get; }

    /// <summary>How many nodes it consists of, itself included, those behind aliases as often as they are used.</summary>
    public int Size { get; }

    /// <summary>How many characters its texts have together, counted in the same way.</summary>
    public int Characters { get; private protected init; }

    /// <summary>How many levels lie below it.</summary>
    public int Height { get; }

    /// <summary>What it is, with an article: <c>a table</c>, <c>a list</c>, <c>nothing</c>, <c>'30s'</c>.</summary>
    public abstract string Kind { get; }
}
