namespace LocalZure;

/// <summary>What has happened to a service.</summary>
public enum EventType
{
    /// <summary>Its container was created.</summary>
    Created,

    /// <summary>Its container or process was started.</summary>
    Started,

    /// <summary>A start of LocalZure has seen it become usable.</summary>
    Ready,

    /// <summary>The image's own HEALTHCHECK passes.</summary>
    Healthy,

    /// <summary>The image's own HEALTHCHECK fails.</summary>
    Unhealthy,

    /// <summary>Its container or process has ended.</summary>
    Died,

    /// <summary>The kernel has ended a process of its container for lack of memory.</summary>
    OutOfMemory,

    /// <summary>It was ended on request.</summary>
    Stopped,

    /// <summary>It was frozen.</summary>
    Paused,

    /// <summary>It was thawed.</summary>
    Resumed,

    /// <summary>Its container or the entry of its process was removed.</summary>
    Removed,

    /// <summary>An image of ours was pulled.</summary>
    ImagePulled,
}
