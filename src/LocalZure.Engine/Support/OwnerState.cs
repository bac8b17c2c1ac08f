namespace LocalZure.Engine.Support;

/// <summary>What is known of the process that an owner label names.</summary>
internal enum OwnerState
{
    /// <summary>It runs.</summary>
    Alive,

    /// <summary>It has ended.</summary>
    Dead,

    /// <summary>It cannot be looked at from here. Never to be treated as dead.</summary>
    Unknown,
}
