using Docker.DotNet.Models;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker;

/// <summary>Reads measurements the way the docker command line does, so that the numbers are the same. Pure.</summary>
internal static class StatsMapper
{
    /// <summary>A measurement; null when the container does not run.</summary>
    public static ContainerSample? Sample(ContainerStatsResponse body)
    {
        if (EngineTime.Of(body.Read) is not { } readAt || body.CPUStats is not { } cpu)
        {
            return null;
        }

        return new ContainerSample
        {
            ReadAt = readAt,
            Cpu = CpuOf(cpu, readAt, body),
            PreviousCpu = EngineTime.Of(body.PreRead) is { } before && body.PreCPUStats is { } previous ? CpuOf(previous, before, body) : null,
            Memory = MemoryOf(body.MemoryStats),
            MemoryLimit = body.MemoryStats?.Limit is { } limit and > 0 ? Bytes(limit) : null,
            NetworkReceived = Sum(NetworksOf(body)?.Select(network => network.RxBytes)),
            NetworkSent = Sum(NetworksOf(body)?.Select(network => network.TxBytes)),
            BlockRead = body.StorageStats?.ReadSizeBytes is { } read ? Bytes(read) : BlockOf(body.BlkioStats, 'r'),
            BlockWritten = body.StorageStats?.WriteSizeBytes is { } written ? Bytes(written) : BlockOf(body.BlkioStats, 'w'),
            ProcessCount = body.PidsStats?.Current is { } count ? (int)Math.Min(count, int.MaxValue) : null,
        };
    }

    // Windows counts in units of 100 ns, and tells the number of processors elsewhere and no time of the machine.
    private static CpuSample CpuOf(CPUStats cpu, DateTimeOffset readAt, ContainerStatsResponse body)
    {
        var isWindows = cpu.SystemUsage is null && body.NumProcs > 0;
        var used = (cpu.CPUUsage?.TotalUsage ?? 0) * (isWindows ? 100UL : 1UL);
        var processors = isWindows ? (int)body.NumProcs : cpu.OnlineCPUs is { } online and > 0 ? (int)online : cpu.CPUUsage?.PercpuUsage?.Count ?? 0;
        return new CpuSample(readAt, used, cpu.SystemUsage, processors);
    }

    // Files that were read stay in memory for as long as nobody else wants it. Control groups call that part
    // total_inactive_file in version 1 and inactive_file in version 2.
    private static long? MemoryOf(MemoryStats? memory)
    {
        if (memory?.PrivateWorkingSet is { } set)
        {
            return Bytes(set);
        }

        if (memory?.Usage is not { } usage)
        {
            return null;
        }

        if (memory.Stats?.TryGetValue("total_inactive_file", out var first) == true && first < usage)
        {
            return Bytes(usage - first);
        }

        return memory.Stats?.TryGetValue("inactive_file", out var second) == true && second < usage ? Bytes(usage - second) : Bytes(usage);
    }

    private static IEnumerable<NetworkStats>? NetworksOf(ContainerStatsResponse body) =>
        body.Networks is { } networks ? Answers.Present(networks.Values) : null;

    // Sync, Async and Total count the same bytes once more.
    private static long? BlockOf(BlkioStats? block, char first) => Sum(
        block is null ? null : Answers.Present(block.IoServiceBytesRecursive).Where(entry => entry.Op is { Length: > 0 } name && char.ToLowerInvariant(name[0]) == first).Select(entry => entry.Value));

    private static long? Sum(IEnumerable<ulong>? values) => values?.Aggregate(0L, (sum, value) => sum + Bytes(value));

    private static long Bytes(ulong value) => (long)Math.Min(value, long.MaxValue);
}
