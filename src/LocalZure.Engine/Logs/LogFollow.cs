using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;

namespace LocalZure.Engine.Logs;

/// <summary>
/// Follows the output of services over restarts of them and of the daemon, and of those that come later. It looks at what there is
/// again and again, and has each thing that runs read; each reading ends by itself.
/// </summary>
internal sealed class LogFollow
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Eager = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(3);

    // The daemon's clock may differ a little, and the window has to pass.
    private static readonly TimeSpan AfterUntil = TimeSpan.FromSeconds(1);

    private readonly RuntimeProvider _runtimes;
    private readonly ServiceFollower _follower;
    private readonly FollowPlan _plan;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly TimeProvider _time;
    private readonly ReorderWindow _window;
    private readonly Dictionary<ServiceKey, FollowedService> _services = [];
    private readonly Channel<bool> _readingEnded = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private TimeSpan _pause = Eager;
    private bool _isAwayReported;
    private bool _isFirstLook = true;

    /// <summary>Creates one.</summary>
    /// <param name="runtimes">Give the snapshots.</param>
    /// <param name="host">Reads host processes.</param>
    /// <param name="operations">The starts in flight.</param>
    /// <param name="plan">What it is of.</param>
    /// <param name="events">Told when the daemon is away.</param>
    public LogFollow(RuntimeProvider runtimes, HostServices host, OperationRegistry operations, FollowPlan plan, IProgress<LifecycleEvent> events)
    {
        _runtimes = runtimes;
        _plan = plan;
        _events = events;
        _time = host.Time;
        _window = new ReorderWindow(_time);
        _follower = new ServiceFollower(plan.Filter, operations, _time, () => _readingEnded.Writer.TryWrite(true));
    }

    /// <summary>The lines as they come, in the order of time.</summary>
    /// <param name="first">What there is; null to look.</param>
    /// <param name="cancellationToken">Ends the follow.</param>
    public async IAsyncEnumerable<LogEntry> ReadAsync(Observation? first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var steering = SteerAsync(first, end.Token);
        try
        {
            await foreach (var entry in _window.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return entry;
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await steering.ConfigureAwait(false);
        }
    }

    /// <summary>Gives what has come so far without waiting for anything more, and ends.</summary>
    public void Finish() => _window.Complete(null);

    private async Task SteerAsync(Observation? observation, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            do
            {
                observation ??= await TryObserveAsync(cancellationToken).ConfigureAwait(false);
                await LookAsync(observation, end.Token).ConfigureAwait(false);
                observation = null;
            }
            while (!IsOver() && await PauseAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody reads any more.
        }
        catch (Exception e)
        {
            failure = e;
        }

        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_services.Values.Select(service => service.Reading ?? Task.CompletedTask)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _window.Complete(failure);
    }

    private bool IsOver() => _time.GetUtcNow() > _plan.Until + AfterUntil
        || (_plan.EndsWithItsServices && _services.Values.All(service => service.EndedAt is not null));

    // At once when a reading ends, so that a restart goes on quickly.
    private async Task<bool> PauseAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = _readingEnded.Reader.WaitToReadAsync(end.Token).AsTask();
        await Task.WhenAny(ended, Task.Delay(_pause, _time, end.Token)).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        _readingEnded.Reader.TryRead(out _);
        cancellationToken.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>What there is; null when the daemon cannot say at the moment.</summary>
    private async Task<Observation?> TryObserveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e) when (LogFailures.MayPass(e))
        {
            return null;
        }
    }

    private async Task LookAsync(Observation? observation, CancellationToken cancellationToken)
    {
        if (observation is not null)
        {
            AddNew(observation);
        }

        var isAway = observation is null or { Runtime: null } && _services.Values.Any(service => service is { IsRead: false, EndedAt: null, ContainerId: not null });
        ReportAbsence(isAway);
        foreach (var service in _services.Values)
        {
            await _follower.LookAtAsync(service, observation, cancellationToken).ConfigureAwait(false);
        }

        _isFirstLook = false;
        _pause = isAway ? Shorter(_pause * 2, Patient) : _services.Values.Any(service => service is { IsRead: false, EndedAt: null }) ? Eager : Calm;
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void AddNew(Observation observation)
    {
        var keys = observation.State.Containers.Select(container => ContainerLabels.KeyOf(container.Labels))
            .Concat(observation.State.HostProcesses.Select(process => (ServiceKey?)process.Key))
            .OfType<ServiceKey>().Distinct().Where(key => !_services.ContainsKey(key) && _plan.Matches(key));
        foreach (var key in keys.OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Instance, StringComparer.Ordinal).ToList())
        {
            var query = _plan.First(key);
            _services[key] = new FollowedService(key, _window.Add(), _isFirstLook ? query : query with { Tail = null });
        }
    }

    private void ReportAbsence(bool isAway)
    {
        if (isAway && !_isAwayReported)
        {
            _events.Report(new Degraded(null, "Docker does not answer. The follow goes on when it is back."));
        }

        _isAwayReported = isAway;
    }
}
