namespace LocalZure.Engine.Health;

/// <summary>How a wait for readiness ended.</summary>
internal enum Readiness
{
    /// <summary>All probes passed.</summary>
    Ready,

    /// <summary>The container or process ended.</summary>
    Exited,

    /// <summary>It wrote a line after which waiting is pointless, though it still runs.</summary>
    GaveUp,

    /// <summary>The time was over.</summary>
    TimedOut,
}
