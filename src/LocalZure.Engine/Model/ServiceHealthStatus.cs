namespace LocalZure;

/// <summary>Whether a service answers as it should.</summary>
public enum ServiceHealthStatus
{
    /// <summary>Nothing was measured.</summary>
    Unknown,

    /// <summary>Every probe passed.</summary>
    Healthy,

    /// <summary>At least one probe failed although the service runs.</summary>
    Unhealthy,

    /// <summary>The service was started and its probes do not pass yet.</summary>
    Starting,

    /// <summary>The service does not run.</summary>
    Stopped,
}
