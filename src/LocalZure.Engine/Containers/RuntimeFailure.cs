namespace LocalZure.Engine.Containers;

/// <summary>What kind of refusal came from a container runtime, as far as the engine acts on it.</summary>
internal enum RuntimeFailure
{
    /// <summary>Anything without a kind of its own.</summary>
    Other,

    /// <summary>The name is taken.</summary>
    Conflict,

    /// <summary>A host port cannot be bound.</summary>
    PortUnavailable,

    /// <summary>The image is not on this engine.</summary>
    ImageMissing,

    /// <summary>The network to attach to does not exist.</summary>
    NetworkMissing,

    /// <summary>The runtime has no init of its own to run a container under.</summary>
    InitMissing,

    /// <summary>The container that was asked for does not exist.</summary>
    ContainerMissing,

    /// <summary>The network or volume is in use.</summary>
    InUse,

    /// <summary>No space is left on the engine's disk.</summary>
    NoSpace,

    /// <summary>The engine refused the request itself, for example a bad mount.</summary>
    BadRequest,

    /// <summary>The engine failed (5xx), the connection broke or its answer could not be read; retries did not help.</summary>
    Transient,
}
