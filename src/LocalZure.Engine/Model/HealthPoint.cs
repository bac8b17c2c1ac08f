namespace LocalZure;

/// <summary>One look of the monitor at a service.</summary>
public sealed record HealthPoint
{
    /// <summary>When it was.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The verdict.</summary>
    public required ServiceHealthStatus Status { get; init; }

    /// <summary>How long the slowest probe took; null when none answered.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>The processor share in percent of one processor; null when it was not measured.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>The memory in percent of its limit; null when it was not measured.</summary>
    public double? MemoryPercent { get; init; }

    /// <summary>How often the container engine had restarted it.</summary>
    public int RestartCount { get; init; }

    /// <summary>The short form, for example <c>Healthy</c>.</summary>
    public override string ToString() => Status.ToString();
}
