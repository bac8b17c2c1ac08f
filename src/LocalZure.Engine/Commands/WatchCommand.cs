using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Sessions;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>What a watcher does: waits for the end of a process, then removes what that had started for its session.</summary>
internal sealed class WatchCommand
{
    /// <summary>Another watcher of the name is at work when its lock is not had by then.</summary>
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>A start that was cut off may still be carried out by the daemon: so long is looked for what it makes.</summary>
    private static readonly TimeSpan LateComers = TimeSpan.FromSeconds(5);

    /// <summary>After that the next start removes the rest.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly RuntimeProvider _runtimes;
    private readonly LifecycleServices _services;
    private readonly HostServices _host;
    private readonly WatcherRegistry _watchers;
    private readonly EnvironmentUses _environments;

    /// <summary>Creates one.</summary>
    public WatchCommand(RuntimeProvider runtimes, LifecycleServices services, HostServices host, WatcherRegistry watchers, EnvironmentUses environments)
    {
        _environments = environments;
        _runtimes = runtimes;
        _services = services;
        _host = host;
        _watchers = watchers;
    }

    /// <summary>Watches, unless another one does it already.</summary>
    /// <param name="owner">The process to watch, as in the label.</param>
    /// <param name="name">The watcher's name.</param>
    /// <param name="events">Told what is removed and what stands in the way.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when the owner is none of this machine; HomeNotWritable or DiskFull.</exception>
    public async Task RunAsync(string owner, string name, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        if (OwnerIdentity.TryParse(owner) is not { } watched || watched.HostId != OwnerIdentity.Current.HostId)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{owner}' is no process of this machine.");
        }

        FileLock held;
        try
        {
            held = await _watchers.LockAsync(name, LockLimit, cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e) when (e.Code == ErrorCode.LockTimeout)
        {
            events.Report(new Noted(null, $"Another watcher of {owner} is at work."));
            return;
        }

        await using (held.ConfigureAwait(false))
        {
            await _watchers.WriteAsync(new WatcherEntry(name, owner, OwnerIdentity.Current.Process), cancellationToken).ConfigureAwait(false);
            await WarmUpAsync(name, cancellationToken).ConfigureAwait(false);
            await ProcessEnd.WaitAsync(watched.Process, _services.Time, cancellationToken).ConfigureAwait(false);
            if (await EndAsync(owner, name, events, cancellationToken).ConfigureAwait(false))
            {
                _watchers.Delete(name);
                held.Delete();
            }
        }
    }

    // The first calls of a process take long, and the way to the daemon should be the one that the owner took. What they left
    // in memory is given back for the long wait.
    private async Task WarmUpAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(WarmUpLimit, _services.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _watchers.ForgetDeadAsync(linked.Token).ConfigureAwait(false);
            await (_watchers.HasDocker(name) ? _runtimes.ObserveAsync(linked.Token) : (Task)_services.Observer.ObserveAsync(null, linked.Token)).ConfigureAwait(false);
        }
        catch (Exception e) when (IsTrouble(e) && !cancellationToken.IsCancellationRequested)
        {
            // It is looked for again when it is needed.
        }

        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    // Containers and host processes each for themselves: a daemon that does not answer holds up no host process.
    private async Task<bool> EndAsync(string owner, string name, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _services.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var operations = (await _services.Operations.ReadAllAsync(cancellationToken).ConfigureAwait(false)).Values;
        var settle = operations.Any(operation => operation.Owner == owner) ? LateComers : TimeSpan.Zero;
        var end = new SessionEnd(owner, _runtimes, _services, _host, events);
        try
        {
            await Task.WhenAll(
                UntilDoneAsync(end.RemoveProcessesAsync, settle, events, linked.Token),
                _watchers.HasDocker(name) ? UntilDoneAsync(end.RemoveContainersAsync, settle, events, linked.Token) : Task.CompletedTask).ConfigureAwait(false);

            // Last, when the daemon has nothing of the owner's left to carry out: data and networks go with it.
            await UntilDoneAsync(token => ReleaseEnvironmentsAsync(owner, events, token), TimeSpan.Zero, events, linked.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            events.Report(new Degraded(null, $"Not everything of {owner} could be removed within {Patience.TotalMinutes} minutes; the next start removes the rest."));
            return false;
        }
    }

    private async Task<bool> ReleaseEnvironmentsAsync(string owner, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        await _environments.ReleaseOwnerAsync(owner, events, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task UntilDoneAsync(Func<CancellationToken, Task<bool>> remove, TimeSpan settle, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var began = _services.Time.GetTimestamp();
        for (var pause = FirstPause; ;)
        {
            try
            {
                using var limit = new CancellationTokenSource(AttemptLimit, _services.Time);
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
                if (await remove(linked.Token).ConfigureAwait(false) && _services.Time.GetElapsedTime(began) >= settle)
                {
                    return;
                }

                pause = FirstPause;
            }
            catch (Exception e) when (IsTrouble(e) && !cancellationToken.IsCancellationRequested)
            {
                events.Report(new Degraded(null, $"It is tried again: {e.Message}"));
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }

            await Task.Delay(pause, _services.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsTrouble(Exception e) => e is LocalZureException or IOException or UnauthorizedAccessException or OperationCanceledException;
}
