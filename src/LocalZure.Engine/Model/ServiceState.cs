namespace LocalZure;

/// <summary>Where a service is in its life cycle.</summary>
public enum ServiceState
{
    /// <summary>Nothing of the service exists.</summary>
    NotCreated,

    /// <summary>A start in flight has created it but not started it.</summary>
    Creating,

    /// <summary>It was started and is not known to be usable yet.</summary>
    Starting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is frozen.</summary>
    Paused,

    /// <summary>It is being stopped.</summary>
    Stopping,

    /// <summary>It was stopped.</summary>
    Stopped,

    /// <summary>It ended by itself with an error, or its start did not finish.</summary>
    Failed,
}
