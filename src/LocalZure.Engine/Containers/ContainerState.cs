namespace LocalZure.Engine.Containers;

/// <summary>The runtime's own word for a container's state.</summary>
internal enum ContainerState
{
    /// <summary>A state this version does not know.</summary>
    Unknown,

    /// <summary>Created, never started.</summary>
    Created,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Frozen.</summary>
    Paused,

    /// <summary>The runtime is restarting it.</summary>
    Restarting,

    /// <summary>Being removed.</summary>
    Removing,

    /// <summary>Ended.</summary>
    Exited,

    /// <summary>Ended and could not be removed fully.</summary>
    Dead,
}
