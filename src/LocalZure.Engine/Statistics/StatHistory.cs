using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Statistics;

/// <summary>Makes statistics of measurements: remembers the last one of each service, and its latest processor shares.</summary>
internal sealed class StatHistory
{
    /// <summary>So many of the latest processor shares are kept.</summary>
    public const int Shares = 10;

    private readonly TimeProvider _time;
    private readonly long _machineMemory;
    private readonly Dictionary<MeasuredSubject, (Measurement Last, IReadOnlyList<double> Shares)> _known = [];

    /// <summary>Creates one.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="machineMemory">The memory of this machine in bytes, which host processes may use.</param>
    public StatHistory(TimeProvider time, long machineMemory)
    {
        _time = time;
        _machineMemory = machineMemory;
    }

    /// <summary>Whether something was measured that needs a second measurement.</summary>
    public bool IsWaiting => _known.Values.Any(known => known.Shares.Count == 0);

    /// <summary>Takes a measurement in.</summary>
    /// <returns>The statistics; null for the first measurement of a life, since a share needs two.</returns>
    public ContainerStat? Add(Measurement now)
    {
        var known = _known.TryGetValue(now.Subject, out var before);
        if (ShareOf(known ? before.Last : null, now) is not { } share)
        {
            _known[now.Subject] = (now, []);
            return null;
        }

        IReadOnlyList<double> shares = [.. (known ? before.Shares : []).TakeLast(Shares - 1), Math.Round(share, 2)];
        _known[now.Subject] = (now, shares);
        return now.Container is null ? OfProcess(now, now.Process!, shares) : OfContainer(now, shares);
    }

    /// <summary>Forgets what is not there any more.</summary>
    /// <param name="isThere">Whether something still is, or may be.</param>
    public void Keep(Func<MeasuredSubject, bool> isThere)
    {
        foreach (var gone in _known.Keys.Where(subject => !isThere(subject)).ToList())
        {
            _known.Remove(gone);
        }
    }

    private double? ShareOf(Measurement? before, Measurement now)
    {
        if (now.Container is { } container)
        {
            return (before?.Container?.Cpu ?? container.PreviousCpu) is { } earlier ? CpuPercent.Of(earlier, container.Cpu) : null;
        }

        return before?.Process is { } usage && now.Process is { } later ? CpuPercent.Of(usage, later, _time.GetElapsedTime(before.Ticks, now.Ticks)) : null;
    }

    private static ContainerStat OfContainer(Measurement now, IReadOnlyList<double> shares)
    {
        var sample = now.Container!;
        return Create(now, ServiceMode.Docker, shares, sample.Memory, sample.MemoryLimit) with
        {
            NetworkReceived = sample.NetworkReceived,
            NetworkSent = sample.NetworkSent,
            BlockRead = sample.BlockRead,
            BlockWritten = sample.BlockWritten,
            ProcessCount = sample.ProcessCount,
        };
    }

    private ContainerStat OfProcess(Measurement now, ProcessUsage usage, IReadOnlyList<double> shares) =>
        Create(now, ServiceMode.Host, shares, usage.Memory, _machineMemory) with
        {
            BlockRead = usage.BlockRead,
            BlockWritten = usage.BlockWritten,
            ProcessCount = usage.ThreadCount,
        };

    private static ContainerStat Create(Measurement now, ServiceMode mode, IReadOnlyList<double> shares, long? memory, long? limit) => new()
    {
        Timestamp = now.At,
        Service = now.Subject.Key.Name,
        Instance = now.Subject.Key.Instance,
        ContainerName = now.Subject.ContainerName,
        Mode = mode,
        CpuPercent = shares[^1],
        CpuHistory = shares,
        MemoryUsage = memory,
        MemoryLimit = limit,
        MemoryPercent = memory is { } used && limit is > 0 ? Math.Round((double)used / limit.Value * 100, 2) : null,
    };
}
