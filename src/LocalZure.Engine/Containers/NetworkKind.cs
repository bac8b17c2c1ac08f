namespace LocalZure.Engine.Containers;

/// <summary>What a container is connected to.</summary>
internal enum NetworkKind
{
    /// <summary>The network of its environment, where services see each other by name.</summary>
    Bridge,

    /// <summary>That of the machine.</summary>
    Host,

    /// <summary>Nothing.</summary>
    None,
}
