namespace LocalZure;

/// <summary>What a service uses at one moment. Null is what the container engine or the operating system does not tell.</summary>
public sealed record ContainerStat
{
    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>The container's name, in host mode too.</summary>
    public required string ContainerName { get; init; }

    /// <summary><see cref="ServiceMode.Docker"/> or <see cref="ServiceMode.Host"/>.</summary>
    public required ServiceMode Mode { get; init; }

    /// <summary>The processor share since the measurement before, in percent of one processor: 200 is two processors at full load.</summary>
    public required double CpuPercent { get; init; }

    /// <summary>The latest processor shares, this one last; at most ten.</summary>
    public IReadOnlyList<double> CpuHistory { get; init; } = [];

    /// <summary>Memory in bytes, without the cache that the kernel can take back; in host mode the resident memory of its processes.</summary>
    public long? MemoryUsage { get; init; }

    /// <summary>The most memory that it may use in bytes; that of the machine when nothing limits it.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Its memory in percent of the limit.</summary>
    public double? MemoryPercent { get; init; }

    /// <summary>Bytes received since it was started; null in host mode.</summary>
    public long? NetworkReceived { get; init; }

    /// <summary>Bytes sent since it was started; null in host mode.</summary>
    public long? NetworkSent { get; init; }

    /// <summary>Bytes read from disks since it was started.</summary>
    public long? BlockRead { get; init; }

    /// <summary>Bytes written to disks since it was started.</summary>
    public long? BlockWritten { get; init; }

    /// <summary>Its processes and their threads.</summary>
    public int? ProcessCount { get; init; }

    /// <summary>The short form, for example <c>blob: 1.5 % CPU</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Service}: {CpuPercent:0.##} % CPU");
}
