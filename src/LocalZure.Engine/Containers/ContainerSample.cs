namespace LocalZure.Engine.Containers;

/// <summary>What a container uses at one moment, and has used since it was started. Null is what the runtime does not tell.</summary>
internal sealed record ContainerSample
{
    /// <summary>When it was measured.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>The processor time used so far.</summary>
    public required CpuSample Cpu { get; init; }

    /// <summary>The measurement before this one, which a runtime without one-shot measurements makes itself; null when it made none.</summary>
    public CpuSample? PreviousCpu { get; init; }

    /// <summary>Memory in bytes, without the cache that the kernel can take back.</summary>
    public long? Memory { get; init; }

    /// <summary>The most memory that it may use in bytes; that of the machine when nothing limits it.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Bytes received over all its networks; null in the network of the machine.</summary>
    public long? NetworkReceived { get; init; }

    /// <summary>Bytes sent over all its networks; null in the network of the machine.</summary>
    public long? NetworkSent { get; init; }

    /// <summary>Bytes read from disks.</summary>
    public long? BlockRead { get; init; }

    /// <summary>Bytes written to disks.</summary>
    public long? BlockWritten { get; init; }

    /// <summary>Processes and threads.</summary>
    public int? ProcessCount { get; init; }
}
