using System.Runtime.CompilerServices;
using LocalZure.Engine.Events;
using LocalZure.Engine.Monitoring;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Watches the health of services and what they use, remembers it for a while, and raises alerts.</summary>
internal sealed class ServiceMonitor
{
    private readonly HealthChecker _health;
    private readonly StatReader _stats;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    public ServiceMonitor(HealthChecker health, StatReader stats, TimeProvider time)
    {
        _health = health;
        _stats = stats;
        _time = time;
    }

    /// <summary>
    /// Looks again and again and gives what has changed and the alerts. Processor and memory are measured when a threshold asks
    /// for them. An engine that is away raises no alerts: nobody knows how its services are.
    /// </summary>
    /// <exception cref="LocalZureException">ParameterInvalid for a threshold, an interval or a history that cannot be.</exception>
    public async IAsyncEnumerable<MonitorReport> RunAsync(MonitorRequest request, IProgress<LifecycleEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(request);
        var memory = new MonitorMemory(request);
        var changes = new HealthWatch(_time);
        var statistics = _stats.NewHistory();
        var filter = new ServiceFilter(request.Services);
        var once = new OnceEach(events);
        while (true)
        {
            if (await _health.TryLookAsync(request.Services, once, cancellationToken).ConfigureAwait(false) is { } look)
            {
                var measured = request.Thresholds is { CpuPercent: null, MemoryPercent: null } ? [] : await _stats.MeasureAsync(filter, statistics, once, cancellationToken).ConfigureAwait(false);
                var alerts = look.Services.Zip(look.Health).SelectMany(pair => memory.Take(pair.Second, StatOf(pair.First, measured))).ToList();
                foreach (var health in changes.Changes(look.Services, look.Health, look.Observation.DockerFailure))
                {
                    yield return new MonitorReport(health with { History = memory.HistoryOf(health) }, null);
                }

                foreach (var alert in alerts)
                {
                    yield return new MonitorReport(null, alert);
                }

                if (look.Observation.DockerFailure is null)
                {
                    memory.Keep(look.Health);
                }
            }

            await Task.Delay(request.Interval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ContainerStat? StatOf(Service service, IReadOnlyList<ContainerStat> measured) =>
        measured.FirstOrDefault(stat => stat.ContainerName == service.ContainerName && stat.Mode == service.Mode);

    private static void Check(MonitorRequest request)
    {
        var thresholds = request.Thresholds;
        if (request.Interval <= TimeSpan.Zero)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, "The interval must be longer than nothing.");
        }

        if (thresholds.CpuPercent <= 0 || thresholds.MemoryPercent <= 0 || thresholds.Restarts <= 0 || thresholds.UnhealthyChecks <= 0 || thresholds.Latency <= TimeSpan.Zero)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, "A threshold must be greater than 0.");
        }

        if (request.HistoryCount < 1 || request.HistoryAge <= TimeSpan.Zero)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, "A history must have room for one look at least.");
        }
    }
}
