using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Monitoring;

/// <summary>What a monitor remembers: the latest looks at each service, and its alerts.</summary>
internal sealed class MonitorMemory
{
    private readonly MonitorRequest _request;
    private readonly Dictionary<(string Service, string? Instance), (RingBuffer<HealthPoint> Looks, AlertJudge Judge)> _services = [];

    /// <summary>Creates one.</summary>
    /// <param name="request">How much is remembered, and when alerts are raised.</param>
    public MonitorMemory(MonitorRequest request) => _request = request;

    /// <summary>Takes a look at a service in.</summary>
    /// <param name="health">Its health.</param>
    /// <param name="stat">What it uses; null when that was not measured.</param>
    /// <returns>The alerts that this raises or clears.</returns>
    public IReadOnlyList<Alert> Take(ServiceHealth health, ContainerStat? stat)
    {
        var (looks, judge) = Of(health);
        looks.Add(health.CheckedAt, new HealthPoint
        {
            Time = health.CheckedAt,
            Status = health.Status,
            Latency = health.Details.Max(probe => probe.Latency),
            CpuPercent = stat?.CpuPercent,
            MemoryPercent = stat?.MemoryPercent,
            RestartCount = health.Container.RestartCount,
        });
        return judge.Judge(looks.ToList());
    }

    /// <summary>The looks at a service, oldest first; empty for one that was never looked at.</summary>
    public IReadOnlyList<HealthPoint> HistoryOf(ServiceHealth health) => Of(health).Looks.ToList();

    /// <summary>Forgets services that are gone, so that those that come and go do not pile up.</summary>
    /// <param name="health">Those that are there.</param>
    public void Keep(IEnumerable<ServiceHealth> health)
    {
        var there = health.Select(one => (one.Service, one.Instance)).ToHashSet();
        foreach (var gone in _services.Keys.Where(key => !there.Contains(key)).ToList())
        {
            _services.Remove(gone);
        }
    }

    private (RingBuffer<HealthPoint> Looks, AlertJudge Judge) Of(ServiceHealth health)
    {
        var key = (health.Service, health.Instance);
        if (!_services.TryGetValue(key, out var known))
        {
            known = (new RingBuffer<HealthPoint>(_request.HistoryCount, _request.HistoryAge), new AlertJudge(health.Service, health.Instance, _request.Thresholds));
            _services[key] = known;
        }

        return known;
    }
}
