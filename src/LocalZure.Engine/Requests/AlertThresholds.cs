namespace LocalZure.Engine.Requests;

/// <summary>From where on a monitor raises alerts. Null raises none.</summary>
public sealed record AlertThresholds
{
    /// <summary>The processor share, in percent of one processor.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>The memory, in percent of its limit.</summary>
    public double? MemoryPercent { get; init; }

    /// <summary>Restarts by the container engine within the history.</summary>
    public int? Restarts { get; init; }

    /// <summary>Checks in a row that found a service not usable.</summary>
    public int? UnhealthyChecks { get; init; }

    /// <summary>How long the slowest probe takes.</summary>
    public TimeSpan? Latency { get; init; }
}
