namespace LocalZure.Engine.Health;

/// <summary>Probes until all probes pass, the thing behind them ends or the time is over.</summary>
internal sealed class ReadinessWaiter
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The pause is this part of the time waited so far, so that what a pause can add to a start stays in proportion to
    /// the start: a doubling pause reaches its longest within a second and then adds an eighth of a second to each start.
    /// </summary>
    private const double PausePart = 0.03;

    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    public ReadinessWaiter(TimeProvider time) => _time = time;

    /// <summary>Waits.</summary>
    /// <param name="probes">All of them must pass; one that passed is not asked again.</param>
    /// <param name="exited">Completes when the container or process behind the probes has ended.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public async Task<ReadinessResult> WaitAsync(IReadOnlyList<IProbe> probes, Task exited, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var last = new ProbeResult[probes.Count];
        double? firstByte = null;
        for (var next = 0; next < probes.Count;)
        {
            var waited = _time.GetElapsedTime(started);
            cancellationToken.ThrowIfCancellationRequested();
            if (exited.IsCompleted)
            {
                return new ReadinessResult(Readiness.Exited, firstByte, Seen(last));
            }

            last[next] = await probes[next].CheckAsync(cancellationToken).ConfigureAwait(false);
            firstByte ??= last[next].Latency is null ? null : _time.GetElapsedTime(started).TotalMilliseconds;
            if (last[next].Status == ServiceHealthStatus.Healthy)
            {
                next++;
                continue;
            }

            if (waited >= limit)
            {
                return new ReadinessResult(Readiness.TimedOut, firstByte, Seen(last));
            }

            await PauseAsync(_time.GetElapsedTime(started), exited, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new ReadinessResult(exited.IsCompleted ? Readiness.Exited : Readiness.Ready, firstByte, Seen(last));
    }

    /// <summary>The pause after so much waiting.</summary>
    internal static TimeSpan PauseAfter(TimeSpan waited)
    {
        var pause = waited * PausePart;
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }

    private static List<ProbeResult> Seen(ProbeResult?[] last) => last.OfType<ProbeResult>().ToList();

    private async Task PauseAsync(TimeSpan waited, Task exited, CancellationToken cancellationToken)
    {
        var pause = Task.Delay(PauseAfter(waited), _time, cancellationToken);
        await (await Task.WhenAny(exited, pause).ConfigureAwait(false)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
