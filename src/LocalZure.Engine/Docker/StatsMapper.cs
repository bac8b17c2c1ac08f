using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>Reads measurements the way the docker command line does, so that the numbers are the same. Pure.</summary>
internal static class StatsMapper
{
    /// <summary>A measurement; null when the container does not run.</summary>
    public static ContainerSample? Sample(StatsBody body)
    {
        if (body.Read is not { } readAt || body.Cpu is not { } cpu)
        {
            return null;
        }

        return new ContainerSample
        {
            ReadAt = readAt,
            Cpu = CpuOf(cpu, readAt, body),
            PreviousCpu = body is { PreviousRead: { } before, PreviousCpu: { } previous } ? CpuOf(previous, before, body) : null,
            Memory = MemoryOf(body.Memory),
            MemoryLimit = body.Memory?.Limit is { } limit and > 0 ? Bytes(limit) : null,
            NetworkReceived = Sum(body.Networks?.Values.Select(network => network.Received)),
            NetworkSent = Sum(body.Networks?.Values.Select(network => network.Sent)),
            BlockRead = body.Storage?.Read is { } read ? Bytes(read) : BlockOf(body.Block, 'r'),
            BlockWritten = body.Storage?.Written is { } written ? Bytes(written) : BlockOf(body.Block, 'w'),
            ProcessCount = body.Pids?.Current is { } count ? (int)Math.Min(count, int.MaxValue) : null,
        };
    }

    // Windows counts in units of 100 ns, and tells the number of processors elsewhere and no time of the machine.
    private static CpuSample CpuOf(StatsCpuBody cpu, DateTimeOffset readAt, StatsBody body)
    {
        var isWindows = cpu.System is null && body.Processors > 0;
        var used = (cpu.Usage?.Total ?? 0) * (isWindows ? 100UL : 1UL);
        var processors = isWindows ? (int)body.Processors : cpu.Online > 0 ? (int)cpu.Online : cpu.Usage?.PerProcessor?.Count ?? 0;
        return new CpuSample(readAt, used, cpu.System, processors);
    }

    // Files that were read stay in memory for as long as nobody else wants it. Control groups call that part
    // total_inactive_file in version 1 and inactive_file in version 2.
    private static long? MemoryOf(StatsMemoryBody? memory)
    {
        if (memory?.PrivateWorkingSet is { } set)
        {
            return Bytes(set);
        }

        if (memory?.Usage is not { } usage)
        {
            return null;
        }

        if (memory.Parts?.TryGetValue("total_inactive_file", out var first) == true && first < usage)
        {
            return Bytes(usage - first);
        }

        return memory.Parts?.TryGetValue("inactive_file", out var second) == true && second < usage ? Bytes(usage - second) : Bytes(usage);
    }

    // Sync, Async and Total count the same bytes once more.
    private static long? BlockOf(StatsBlockBody? block, char first) => Sum(
        block is null ? null : (block.Bytes ?? []).Where(entry => entry.Operation is { Length: > 0 } name && char.ToLowerInvariant(name[0]) == first).Select(entry => entry.Value));

    private static long? Sum(IEnumerable<ulong>? values) => values?.Aggregate(0L, (sum, value) => sum + Bytes(value));

    private static long Bytes(ulong value) => (long)Math.Min(value, long.MaxValue);
}
