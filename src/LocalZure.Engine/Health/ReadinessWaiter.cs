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
        using var timer = new CancellationTokenSource(limit, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var started = _time.GetTimestamp();
        var last = new ProbeResult?[probes.Count];
        double? firstByte = null;
        try
        {
            for (var next = 0; next < probes.Count && !exited.IsCompleted;)
            {
                var result = await CheckAsync(probes[next], exited, ended.Token).ConfigureAwait(false);
                last[next] = result ?? last[next];
                firstByte ??= result?.Latency is null ? null : _time.GetElapsedTime(started).TotalMilliseconds;
                if (result?.Status == ServiceHealthStatus.Healthy)
                {
                    next++;
                    continue;
                }

                await PauseAsync(_time.GetElapsedTime(started), exited, ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReadinessResult(Readiness.TimedOut, firstByte, Seen(last));
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

    // A probe that waits for an answer is given up when the thing behind it has ended; null then.
    private static async Task<ProbeResult?> CheckAsync(IProbe probe, Task exited, CancellationToken cancellationToken)
    {
        using var pointless = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var check = probe.CheckAsync(pointless.Token);
        if (await Task.WhenAny(check, exited).ConfigureAwait(false) == check)
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

    private async Task PauseAsync(TimeSpan waited, Task exited, CancellationToken cancellationToken)
    {
        var pause = Task.Delay(PauseAfter(waited), _time, cancellationToken);
        if (await Task.WhenAny(exited, pause).ConfigureAwait(false) == pause)
        {
            await pause.ConfigureAwait(false);
        }
    }
}
