namespace LocalZure.Engine.Requests;

/// <summary>What to monitor.</summary>
public sealed record MonitorRequest
{
    /// <summary>The services; those that do not run are included.</summary>
    public required ServiceQuery Services { get; init; }

    /// <summary>The time between the end of one look and the next.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>When to raise alerts.</summary>
    public AlertThresholds Thresholds { get; init; } = new();

    /// <summary>So many looks at each service are remembered at most.</summary>
    public int HistoryCount { get; init; } = 360;

    /// <summary>Looks are remembered for so long at most.</summary>
    public TimeSpan HistoryAge { get; init; } = TimeSpan.FromHours(1);
}
