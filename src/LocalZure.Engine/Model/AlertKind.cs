namespace LocalZure;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>The processor share, in percent of one processor.</summary>
    Cpu,

    /// <summary>The memory, in percent of its limit.</summary>
    Memory,

    /// <summary>How often the container engine has restarted it within the history.</summary>
    Restarts,

    /// <summary>How many checks in a row found it not usable.</summary>
    Unhealthy,

    /// <summary>The slowest probe, in milliseconds.</summary>
    Latency,
}
