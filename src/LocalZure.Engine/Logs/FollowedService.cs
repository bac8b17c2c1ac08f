using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Logs;

/// <summary>What a follow knows of one service: what of it is being read, and how far each of its containers was.</summary>
internal sealed class FollowedService
{
    private readonly Dictionary<string, ResumePoint> _points = new(StringComparer.Ordinal);
    private ContainerLogQuery _first;
    private volatile bool _isProcessAwaited;

    /// <summary>Creates one.</summary>
    /// <param name="key">The service.</param>
    /// <param name="lines">Takes its lines.</param>
    /// <param name="first">How the first of it is read.</param>
    public FollowedService(ServiceKey key, ReorderSource lines, ContainerLogQuery first)
    {
        Key = key;
        Lines = lines;
        _first = first;
    }

    /// <summary>The service.</summary>
    public ServiceKey Key { get; }

    /// <summary>Takes its lines.</summary>
    public ReorderSource Lines { get; }

    /// <summary>The reading; null when it was never read.</summary>
    public Task? Reading { get; set; }

    /// <summary>Whether it is being read.</summary>
    public bool IsRead => Reading is { IsCompleted: false };

    /// <summary>Why the last reading broke off, when that may pass; null when it came to its end.</summary>
    public LocalZureException? Failure { get; set; }

    /// <summary>When it may be read again at the earliest, on the clock's time stamp.</summary>
    public long NotBefore { get; set; } = long.MinValue;

    /// <summary>How many readings in a row have broken off without a line.</summary>
    public int Failures { get; set; }

    /// <summary>Whether it was seen running since it was read to its end the last time.</summary>
    public bool WasRunning { get; set; }

    /// <summary>Since when it does not run, on the clock's time stamp; null while it does, or while nobody can tell.</summary>
    public long? LostSince { get; set; }

    /// <summary>The container that was read last; null for none.</summary>
    public string? ContainerId { get; set; }

    /// <summary>Whether the process that is being read is still to be waited for.</summary>
    public bool IsProcessAwaited
    {
        get => _isProcessAwaited;
        set => _isProcessAwaited = value;
    }

    /// <summary>When its part ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How far a container was read.</summary>
    public ResumePoint PointOf(string containerId)
    {
        if (!_points.TryGetValue(containerId, out var point))
        {
            _points[containerId] = point = new ResumePoint();
        }

        return point;
    }

    /// <summary>How a container or process is read of which nothing was read yet. What comes after the first is new, and read whole.</summary>
    /// <param name="containerId">The container; null for a process.</param>
    public ContainerLogQuery QueryFor(string? containerId)
    {
        if (Reading is not null && (containerId is null || ContainerId != containerId))
        {
            _first = _first with { Tail = null, Since = containerId is null ? EndedAt ?? _first.Since : _first.Since };
        }

        return _first;
    }
}
