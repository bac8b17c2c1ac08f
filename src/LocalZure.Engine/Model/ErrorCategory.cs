namespace LocalZure;

/// <summary>Where a failure comes from.</summary>
public enum ErrorCategory
{
    /// <summary>The Docker daemon or a container.</summary>
    Docker,

    /// <summary>An image registry.</summary>
    Registry,

    /// <summary>What the user asked for.</summary>
    Configuration,

    /// <summary>This machine: processes, files, ports.</summary>
    Host,
}
