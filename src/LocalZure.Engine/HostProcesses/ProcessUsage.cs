using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>What a process and everything it started use at one moment. Null is what the operating system does not tell.</summary>
internal sealed record ProcessUsage
{
    /// <summary>The processor time that each process has used since its own start.</summary>
    public required IReadOnlyDictionary<ProcessIdentity, TimeSpan> CpuTimes { get; init; }

    /// <summary>Resident memory in bytes; what several of them share counts for each.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes that those which run have read from disks.</summary>
    public long? BlockRead { get; init; }

    /// <summary>Bytes that those which run have written to disks.</summary>
    public long? BlockWritten { get; init; }

    /// <summary>Their threads, which is what a container engine counts too.</summary>
    public int ThreadCount { get; init; }
}
