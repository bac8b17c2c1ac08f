namespace LocalZure;

/// <summary>How a service runs.</summary>
public enum ServiceMode
{
    /// <summary>Docker when a daemon answers and the service has a container definition, else host.</summary>
    Auto,

    /// <summary>In a container.</summary>
    Docker,

    /// <summary>As a process of this machine.</summary>
    Host,
}
