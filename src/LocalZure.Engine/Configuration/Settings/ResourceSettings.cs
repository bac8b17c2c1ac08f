namespace LocalZure.Engine.Configuration.Settings;

/// <summary>Limits of a container; null is no limit.</summary>
internal sealed record ResourceSettings
{
    /// <summary>Memory in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>CPUs.</summary>
    public double? Cpus { get; init; }

    /// <summary>Processes and threads.</summary>
    public int? Pids { get; init; }
}
