namespace LocalZure.Engine.Commands;

/// <summary>Remembers the last health of each service and says what has changed.</summary>
internal sealed class HealthWatch
{
    private readonly TimeProvider _time;
    private readonly Dictionary<(ServiceMode Mode, string Name, string? Instance), ServiceHealth> _known = [];

    /// <summary>Creates one.</summary>
    public HealthWatch(TimeProvider time) => _time = time;

    /// <summary>The services that are new or whose status is another one, and those that are gone.</summary>
    /// <param name="services">The services that were found.</param>
    /// <param name="health">Their health, in the same order.</param>
    /// <param name="dockerFailure">Why containers could not be looked at; null when they could.</param>
    public IReadOnlyList<ServiceHealth> Changes(IReadOnlyList<Service> services, IReadOnlyList<ServiceHealth> health, LocalZureException? dockerFailure)
    {
        List<ServiceHealth> changes = [];
        var gone = _known.Keys.ToHashSet();
        foreach (var (service, now) in services.Zip(health))
        {
            var key = (service.Mode, service.Name, service.Instance);
            gone.Remove(key);
            Note(key, now, changes);
        }

        foreach (var key in gone)
        {
            Note(key, key.Mode == ServiceMode.Docker && dockerFailure is not null ? Unreachable(_known[key]) : Removed(_known[key]), changes);
        }

        return changes;
    }

    private void Note((ServiceMode Mode, string Name, string? Instance) key, ServiceHealth now, List<ServiceHealth> changes)
    {
        if (!_known.TryGetValue(key, out var before) || before.Status != now.Status)
        {
            changes.Add(now);
        }

        _known[key] = now;
    }

    private ServiceHealth Unreachable(ServiceHealth before) => before with
    {
        Status = ServiceHealthStatus.Unknown,
        Details = [],
        Uptime = null,
        CheckedAt = _time.GetUtcNow(),
    };

    private ServiceHealth Removed(ServiceHealth before) => before with
    {
        Status = ServiceHealthStatus.Stopped,
        Details = [],
        Container = before.Container with { Status = "removed", Running = false },
        Uptime = null,
        CheckedAt = _time.GetUtcNow(),
    };
}
