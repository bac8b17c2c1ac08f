namespace LocalZure;

/// <summary>Whether a service is usable, and on what evidence.</summary>
public sealed record ServiceHealth
{
    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>The verdict over all probes and the container.</summary>
    public required ServiceHealthStatus Status { get; init; }

    /// <summary>One result per probe; empty when the service does not run.</summary>
    public IReadOnlyList<ProbeResult> Details { get; init; } = [];

    /// <summary>The container or process.</summary>
    public required ContainerHealth Container { get; init; }

    /// <summary>Time since it was started; null when it does not run.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>When this was measured.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The latest looks of the monitor that has written this, oldest first; empty otherwise.</summary>
    public IReadOnlyList<HealthPoint> History { get; init; } = [];

    /// <summary>The short form, for example <c>blob (Healthy)</c> or <c>blob (instance pr42, Healthy)</c>.</summary>
    public override string ToString() => Instance is null ? $"{Service} ({Status})" : $"{Service} (instance {Instance}, {Status})";
}
