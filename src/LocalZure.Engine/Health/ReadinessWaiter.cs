namespace LocalZure.Engine.Health;

/// <summary>Probes until all probes pass, the thing behind them ends or gives up, or the time is over.</summary>
internal sealed class ReadinessWaiter
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The pause is this part of the time waited so far, so that what a pause can add to a start stays in proportion to
    /// the start: a doubling pause reaches its longest within a second and then adds an eighth of a second to each start.
    /// </summary>
    private const double PausePart = 0.03;

    /// <summary>Between two passes of a probe that must pass more than once.</summary>
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    public ReadinessWaiter(TimeProvider time) => _time = time;

    /// <summary>Waits.</summary>
    /// <param name="probes">All of them must pass, one after the other; one that has passed is asked again only when it must pass more than once.</param>
    /// <param name="exited">Completes when the container or process behind the probes has ended.</param>
    /// <param name="terminal">Completes with a line of its log after which waiting is pointless. What is usable by then counts as usable all the same.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public async Task<ReadinessResult> WaitAsync(IReadOnlyList<IProbe> probes, Task exited, Task<string> terminal, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var over = Task.WhenAny(exited, terminal);
        var started = _time.GetTimestamp();
        var progress = probes.Select(probe => new ProbeProgress(probe)).ToList();
        double? firstByte = null;
        try
        {
            while (!over.IsCompleted && Next(progress) is { } next)
            {
                if (next.HasPassed)
                {
                    await PauseAsync(BetweenPasses - _time.GetElapsedTime(next.PassedAt), over, ended.Token).ConfigureAwait(false);
                }

                if (await CheckAsync(next.Probe, over, ended.Token).ConfigureAwait(false) is { } result)
                {
                    next.Note(result, _time.GetTimestamp());
                    firstByte ??= result.Latency is null ? null : _time.GetElapsedTime(started).TotalMilliseconds;
                    if (!next.HasPassed && !next.Probe.WaitsItself)
                    {
                        await PauseAsync(PauseAfter(_time.GetElapsedTime(started)), over, ended.Token).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReadinessResult(Readiness.TimedOut, firstByte, Seen(progress));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var outcome = exited.IsCompleted ? Readiness.Exited : Next(progress) is null ? Readiness.Ready : Readiness.GaveUp;
        return new ReadinessResult(outcome, firstByte, Seen(progress), outcome == Readiness.GaveUp ? await terminal.ConfigureAwait(false) : null);
    }

    /// <summary>The pause after so much waiting.</summary>
    internal static TimeSpan PauseAfter(TimeSpan waited)
    {
        var pause = waited * PausePart;
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }

    private static List<ProbeResult> Seen(List<ProbeProgress> progress) => progress.Select(probe => probe.Last).OfType<ProbeResult>().ToList();

    // The first that has not passed; then, of those that must pass again, the one whose turn comes first. Null when all are done.
    private static ProbeProgress? Next(List<ProbeProgress> progress) =>
        progress.Find(probe => !probe.HasPassed) ?? progress.Where(probe => !probe.IsDone).MinBy(probe => probe.PassedAt);

    // A probe that waits for an answer is given up when the thing behind it has ended; null then.
    private static async Task<ProbeResult?> CheckAsync(IProbe probe, Task over, CancellationToken cancellationToken)
    {
        using var pointless = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var check = probe.CheckAsync(pointless.Token);
        if (await Task.WhenAny(check, over).ConfigureAwait(false) == check)
        {
            return await check.ConfigureAwait(false);
        }

        await pointless.CancelAsync().ConfigureAwait(false);
        try
        {
            return await check.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private async Task PauseAsync(TimeSpan length, Task over, CancellationToken cancellationToken)
    {
        if (length <= TimeSpan.Zero)
        {
            return;
        }

        var pause = Task.Delay(length, _time, cancellationToken);
        if (await Task.WhenAny(over, pause).ConfigureAwait(false) == pause)
        {
            await pause.ConfigureAwait(false);
        }
    }
}
