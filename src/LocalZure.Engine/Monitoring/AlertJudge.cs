using System.Globalization;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Monitoring;

/// <summary>Raises and clears the alerts of one service. Pure but for what it remembers.</summary>
internal sealed class AlertJudge
{
    private readonly string _service;
    private readonly string? _instance;
    private readonly List<(AlertKind Kind, double Threshold, Gauge Gauge)> _gauges = [];

    /// <summary>Creates one.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="instance">The instance; null for the unnamed one.</param>
    /// <param name="thresholds">When to raise alerts.</param>
    public AlertJudge(string service, string? instance, AlertThresholds thresholds)
    {
        _service = service;
        _instance = instance;
        Watch(AlertKind.Cpu, thresholds.CpuPercent);
        Watch(AlertKind.Memory, thresholds.MemoryPercent);
        Watch(AlertKind.Restarts, thresholds.Restarts);
        Watch(AlertKind.Unhealthy, thresholds.UnhealthyChecks);
        Watch(AlertKind.Latency, thresholds.Latency?.TotalMilliseconds);
    }

    /// <summary>The alerts that the latest look raises or clears.</summary>
    /// <param name="history">The looks, the latest one last.</param>
    public IReadOnlyList<Alert> Judge(IReadOnlyList<HealthPoint> history)
    {
        var alerts = new List<Alert>();
        foreach (var (kind, threshold, gauge) in _gauges)
        {
            // What could not be measured neither raises nor clears.
            if (ValueOf(kind, history) is { } value && gauge.Take(value))
            {
                alerts.Add(Create(history[^1].Time, kind, gauge.IsRaised, value, threshold));
            }
        }

        return alerts;
    }

    /// <summary>How bad an alert of a kind is.</summary>
    public static ErrorSeverity SeverityOf(AlertKind kind, double value, double threshold) => kind switch
    {
        AlertKind.Memory when value >= 95 => ErrorSeverity.Critical,
        AlertKind.Memory or AlertKind.Restarts or AlertKind.Unhealthy => ErrorSeverity.High,
        AlertKind.Cpu or AlertKind.Latency when value >= 2 * threshold => ErrorSeverity.High,
        _ => ErrorSeverity.Medium,
    };

    private static double? ValueOf(AlertKind kind, IReadOnlyList<HealthPoint> history)
    {
        var now = history[^1];
        return kind switch
        {
            AlertKind.Cpu => now.CpuPercent,
            AlertKind.Memory => now.MemoryPercent,
            AlertKind.Latency => now.Latency?.TotalMilliseconds,
            AlertKind.Restarts => RestartsIn(history),
            _ => history.Reverse().TakeWhile(point => point.Status is ServiceHealthStatus.Unhealthy or ServiceHealthStatus.Stopped).Count(),
        };
    }

    // A container that was made anew counts from zero again.
    private static int RestartsIn(IReadOnlyList<HealthPoint> history) =>
        history.Zip(history.Skip(1), (before, after) => after.RestartCount > before.RestartCount ? after.RestartCount - before.RestartCount : 0).Sum();

    private void Watch(AlertKind kind, double? threshold)
    {
        if (threshold is { } value)
        {
            _gauges.Add((kind, value, new Gauge(value, counts: kind is AlertKind.Restarts or AlertKind.Unhealthy)));
        }
    }

    private Alert Create(DateTimeOffset time, AlertKind kind, bool raised, double value, double threshold) => new()
    {
        Time = time,
        Service = _service,
        Instance = _instance,
        Kind = kind,
        Severity = raised ? SeverityOf(kind, value, threshold) : ErrorSeverity.Low,
        IsCleared = !raised,
        Value = Math.Round(value, 2),
        Threshold = threshold,
        Message = $"{(_instance is null ? _service : $"{_service} (instance {_instance})")} {Text(kind, raised, value, threshold)}.",
    };

    private static string Text(AlertKind kind, bool raised, double value, double threshold) => (kind, raised) switch
    {
        (AlertKind.Cpu, true) => Invariant($"uses {value:0.#} % of a processor, {threshold:0.#} % or more"),
        (AlertKind.Cpu, false) => Invariant($"uses {value:0.#} % of a processor again"),
        (AlertKind.Memory, true) => Invariant($"uses {value:0.#} % of its memory, {threshold:0.#} % or more"),
        (AlertKind.Memory, false) => Invariant($"uses {value:0.#} % of its memory again"),
        (AlertKind.Restarts, true) => Invariant($"was restarted by the container engine {value:0} times, {threshold:0} or more"),
        (AlertKind.Restarts, false) => "was not restarted for a while",
        (AlertKind.Unhealthy, true) => Invariant($"was not usable in {value:0} checks in a row"),
        (AlertKind.Unhealthy, false) => "is usable again",
        (_, true) => Invariant($"takes {value:0} ms to answer a probe, {threshold:0} ms or more"),
        (_, false) => Invariant($"takes {value:0} ms to answer a probe again"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
