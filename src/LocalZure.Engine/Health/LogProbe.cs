namespace LocalZure.Engine.Health;

/// <summary>Waits for a line of the service's output.</summary>
internal sealed class LogProbe : LimitedProbe
{
    /// <summary>How long a look at a log that goes on waits for the line.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly string _pattern;
    private readonly LogWatch _log;

    /// <summary>Creates one.</summary>
    /// <param name="definition">The line.</param>
    /// <param name="log">The watch, which has the pattern too.</param>
    /// <param name="service">The service.</param>
    /// <param name="time">The clock.</param>
    public LogProbe(LogProbeDefinition definition, LogWatch log, ProbedService service, TimeProvider time)
        : base("log", $"log of {service.Name}", definition, time)
    {
        _pattern = definition.Pattern;
        _log = log;
    }

    /// <inheritdoc/>
    public override bool WaitsItself => _log.Follows && _log.ProblemOf(_pattern) is null;

    /// <inheritdoc/>
    protected override async Task<ProbeResult> LookAsync(CancellationToken cancellationToken)
    {
        var line = _log.LineFor(_pattern);
        try
        {
            var first = await Task.WhenAny(line, _log.Reading).WaitAsync(_log.Follows ? Patience : Limit, Time, cancellationToken).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The line is not there yet; the next look goes on waiting.
        }

        if (!line.IsCompleted && _log.ProblemOf(_pattern) is { } problem)
        {
            return Failed(null, problem);
        }

        return line.IsCompletedSuccessfully ? Passed(null, await line.ConfigureAwait(false)) : Failed(null, $"no line matches '{_pattern}'{_log.Describe()}");
    }
}
