using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Logs;

/// <summary>Sees to it that what runs of a service is read, and decides when its part of a follow has ended.</summary>
internal sealed class ServiceFollower
{
    /// <summary>A service that does not run again so soon has ended, unless a start of it is in flight.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    /// <summary>So many readings in a row that break off without a line are no accident.</summary>
    private const int MostFailures = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly LogFilter _filter;
    private readonly OperationRegistry _operations;
    private readonly TimeProvider _time;
    private readonly Action _readingEnded;

    /// <summary>Creates one.</summary>
    /// <param name="filter">Which of the lines are wanted.</param>
    /// <param name="operations">The starts in flight.</param>
    /// <param name="time">The clock.</param>
    /// <param name="readingEnded">Called when a reading has ended.</param>
    public ServiceFollower(LogFilter filter, OperationRegistry operations, TimeProvider time, Action readingEnded)
    {
        _filter = filter;
        _operations = operations;
        _time = time;
        _readingEnded = readingEnded;
    }

    /// <summary>Looks at a service once.</summary>
    /// <param name="service">What is known of it; changed.</param>
    /// <param name="observation">What there is; null when nobody can tell at the moment.</param>
    /// <param name="cancellationToken">Ends the readings that this begins.</param>
    /// <exception cref="LocalZureException">A reading has failed for good.</exception>
    public async Task LookAtAsync(FollowedService service, Observation? observation, CancellationToken cancellationToken)
    {
        if (service.Reading is { IsCompleted: true } reading)
        {
            await reading.ConfigureAwait(false);
        }

        if (observation is null)
        {
            service.LostSince = null;
            return;
        }

        var container = observation.State.Containers.Where(candidate => ContainerLabels.KeyOf(candidate.Labels) == service.Key).MaxBy(candidate => IsAlive(candidate.State));
        var process = observation.State.HostProcesses.FirstOrDefault(candidate => candidate.Key == service.Key);
        if (service.IsRead)
        {
            AwaitProcess(service, process, container);
        }
        else if (_time.GetTimestamp() >= service.NotBefore)
        {
            await GoOnAsync(service, observation, container, process, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsAlive(ContainerState state) => IsRunning(state) || state == ContainerState.Restarting;

    private static bool IsRunning(ContainerState state) => state is ContainerState.Running or ContainerState.Paused;

    private async Task GoOnAsync(FollowedService service, Observation observation, ContainerSummary? container, ObservedHostProcess? process, CancellationToken cancellationToken)
    {
        var isContainer = container is not null && (IsAlive(container.State) || process?.IsRunning != true);
        if (isContainer ? IsRunning(container!.State) || service.ContainerId != container.Id : process is not null && (process.IsRunning || service.Reading is null))
        {
            Open(service, observation.Runtime, isContainer ? container : null, process, cancellationToken);
        }
        else if (container?.State == ContainerState.Restarting || (service.ContainerId is not null && observation.Runtime is null))
        {
            service.LostSince = null;
        }
        else if (service.EndedAt is null)
        {
            await EndUnlessItComesBackAsync(service, observation, container, cancellationToken).ConfigureAwait(false);
        }
    }

    // A container's log ends with it, a process' files do not: they are read until the process has not come back for a moment.
    private void AwaitProcess(FollowedService service, ObservedHostProcess? process, ContainerSummary? container)
    {
        if (service.IsProcessAwaited)
        {
            service.LostSince = process?.IsRunning == true ? null : service.LostSince ?? _time.GetTimestamp();
            var isElsewhere = container is not null && IsAlive(container.State) && process?.IsRunning != true;
            service.IsProcessAwaited = !IsLost(service) && !isElsewhere;
        }
    }

    private async Task EndUnlessItComesBackAsync(FollowedService service, Observation observation, ContainerSummary? container, CancellationToken cancellationToken)
    {
        service.LostSince ??= _time.GetTimestamp();
        if ((service.WasRunning && !IsLost(service)) || await IsBeingStartedAsync(service.Key, observation, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (container is not null && (service.WasRunning || service.Failure is not null))
        {
            // Once more to its end: it may have run for a moment between two looks.
            service.WasRunning = false;
            Open(service, observation.Runtime, container, null, cancellationToken);
            return;
        }

        service.WasRunning = false;
        service.EndedAt = _time.GetUtcNow();
        service.Lines.Phase = SourcePhase.Over;
    }

    private bool IsLost(FollowedService service) => service.LostSince is { } since && _time.GetElapsedTime(since) >= Moment;

    private async Task<bool> IsBeingStartedAsync(ServiceKey key, Observation observation, CancellationToken cancellationToken)
    {
        var starts = await _operations.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return starts.Values.Any(start => start.Service == key.Name && start.Instance == key.Instance && observation.State.IsInFlight(start.Id));
    }

    private void Open(FollowedService service, IContainerRuntime? runtime, ContainerSummary? container, ObservedHostProcess? process, CancellationToken cancellationToken)
    {
        var isAlive = container is not null ? IsAlive(container.State) : process!.IsRunning;
        if (service.EndedAt is not null && !isAlive)
        {
            return;
        }

        var query = service.QueryFor(container?.Id);
        service.LostSince = null;
        service.EndedAt = null;
        service.Failure = null;
        service.WasRunning |= isAlive;
        service.ContainerId = container?.Id;
        service.IsProcessAwaited = container is null && isAlive;
        service.Lines.Phase = SourcePhase.CatchingUp;
        var pump = container is not null
            ? new ContainerLogPump(runtime!, _filter, service, container).RunAsync(query, cancellationToken)
            : PumpProcessAsync(service, process!.Entry, query, cancellationToken);
        service.Reading = ReadAsync(service, pump);
    }

    private async Task ReadAsync(FollowedService service, Task pump)
    {
        try
        {
            await pump.ConfigureAwait(false);
        }
        catch (LocalZureException e) when (LogFailures.MayPass(e) && ++service.Failures < MostFailures)
        {
            service.Failure = e;
        }
        finally
        {
            var pause = FirstPause * Math.Pow(2, service.Failures);
            service.NotBefore = _time.GetTimestamp() + (long)((pause < LongestPause ? pause : LongestPause).TotalSeconds * _time.TimestampFrequency);
            service.Lines.Phase = SourcePhase.Between;
            _readingEnded();
        }
    }

    private async Task PumpProcessAsync(FollowedService service, HostProcessEntry entry, ContainerLogQuery query, CancellationToken cancellationToken)
    {
        var lines = new HostLogReader(entry.LogDirectory, _time).ReadAsync(query with { Follow = true }, () => service.IsProcessAwaited, () => service.Lines.Phase = SourcePhase.Live, cancellationToken);
        await foreach (var line in lines.ConfigureAwait(false))
        {
            if (_filter.Takes(line))
            {
                await service.Lines.WriteAsync(LogEntries.Of(line, service.Key, entry.ContainerName), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                service.Lines.Pass(line.Timestamp);
            }
        }
    }
}
