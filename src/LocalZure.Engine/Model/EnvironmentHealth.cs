namespace LocalZure;

/// <summary>The health of all services of one instance together.</summary>
public sealed record EnvironmentHealth
{
    /// <summary>The instance's name; null for the unnamed one.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The verdict: Unhealthy when a service is, or has failed; else Starting or Unknown when one is; Healthy when all that run
    /// are; Stopped when none runs.
    /// </summary>
    public required ServiceHealthStatus Status { get; init; }

    /// <summary>How many services are healthy.</summary>
    public int Healthy { get; init; }

    /// <summary>How many services there are.</summary>
    public int Total { get; init; }

    /// <summary>The services, the ones that need a look first.</summary>
    public IReadOnlyList<ServiceHealth> Services { get; init; } = [];

    /// <summary>When the last of them was measured.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The short form, for example <c>pr42 (Healthy)</c>.</summary>
    public override string ToString() => Name is null ? $"({Status})" : $"{Name} ({Status})";
}
