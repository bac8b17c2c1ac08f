namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>What a file may be at most, so that none takes long or much memory, whatever is in it.</summary>
internal static class YamlLimits
{
    /// <summary>Bytes of the file.</summary>
    public const int Bytes = 1 << 20;

    /// <summary>Levels of lists and tables.</summary>
    public const int Depth = 20;

    /// <summary>Nodes, those behind aliases as often as they are used.</summary>
    public const int Nodes = 20_000;

    /// <summary>Characters of all values together, those behind aliases as often as they are used.</summary>
    public const int Characters = 4 << 20;

    /// <summary>Characters of a value.</summary>
    public const int Value = 1 << 16;

    /// <summary>Characters of a key.</summary>
    public const int Key = 255;
}
