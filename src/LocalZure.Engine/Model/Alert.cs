namespace LocalZure;

/// <summary>A threshold that a service has crossed, or is back below.</summary>
public sealed record Alert
{
    /// <summary>When that was seen.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>What it is about, which says what the numbers count.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>How bad it is.</summary>
    public required ErrorSeverity Severity { get; init; }

    /// <summary>Whether the alert is over.</summary>
    public bool IsCleared { get; init; }

    /// <summary>What was measured.</summary>
    public required double Value { get; init; }

    /// <summary>The threshold.</summary>
    public required double Threshold { get; init; }

    /// <summary>The same in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The sentence.</summary>
    public override string ToString() => Message;
}
