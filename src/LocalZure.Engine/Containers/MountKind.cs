namespace LocalZure.Engine.Containers;

/// <summary>What a mount's source is.</summary>
internal enum MountKind
{
    /// <summary>A named volume of the runtime.</summary>
    Volume,

    /// <summary>A path of the host.</summary>
    Bind,

    /// <summary>Memory.</summary>
    Tmpfs,
}
