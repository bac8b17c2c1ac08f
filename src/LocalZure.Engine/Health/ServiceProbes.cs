namespace LocalZure.Engine.Health;

/// <summary>The probes of a service that starts, with the watch over its log.</summary>
internal sealed class ServiceProbes : IAsyncDisposable
{
    private readonly LogWatch _log;
    private readonly List<IProbe> _probes;
    private readonly TimeProvider _time;

    /// <summary>Creates them.</summary>
    /// <param name="service">The service.</param>
    /// <param name="definitions">What must answer.</param>
    /// <param name="terminalLogLines">Regular expressions of the lines after which waiting is pointless.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LocalZureException">A definition does not fit the service.</exception>
    public ServiceProbes(ProbedService service, IReadOnlyList<ProbeDefinition> definitions, IReadOnlyList<string> terminalLogLines, TimeProvider time)
    {
        _log = new LogWatch(service, definitions.OfType<LogProbeDefinition>().Select(line => line.Pattern), terminalLogLines, follows: true, time);
        _probes = definitions.Select(definition => ProbeFactory.Create(definition, service, _log, time)).ToList();
        _time = time;
    }

    /// <summary>What is waited for, in words.</summary>
    public string Targets => string.Join(", ", _probes.Select(probe => probe.Target));

    /// <summary>Waits until the service is usable.</summary>
    /// <param name="exited">Completes when the container or process has ended.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public Task<ReadinessResult> WaitAsync(Task exited, TimeSpan limit, CancellationToken cancellationToken)
    {
        _log.Begin();
        return new ReadinessWaiter(_time).WaitAsync(_probes, exited, _log.TerminalLine, limit, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _probes.OfType<IDisposable>().ToList().ForEach(probe => probe.Dispose());
        await _log.DisposeAsync().ConfigureAwait(false);
    }
}
