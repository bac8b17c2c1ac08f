using System.Runtime.CompilerServices;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Statistics;

namespace LocalZure.Engine.Commands;

/// <summary>Measures what services use, once or again and again.</summary>
internal sealed class StatReader
{
    private readonly RuntimeProvider _runtimes;
    private readonly IHostProcessRunner _runner;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="runtimes">Give the snapshots.</param>
    /// <param name="runner">Measures host processes.</param>
    /// <param name="time">The clock.</param>
    public StatReader(RuntimeProvider runtimes, IHostProcessRunner runner, TimeProvider time)
    {
        _runtimes = runtimes;
        _runner = runner;
        _time = time;
    }

    /// <summary>Measures twice, the interval of the request apart, and gives one result per service that runs, by name and then instance.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid for an interval that is no time, or NameInvalid.</exception>
    public async Task<IReadOnlyList<ContainerStat>> ReadAsync(StatRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        Check(request);
        var history = NewHistory();
        var filter = new ServiceFilter(request.Services);
        var first = (await MeasureAsync(filter, history, events, cancellationToken).ConfigureAwait(false)).ToDictionary(stat => (stat.Mode, stat.ContainerName));
        if (history.IsWaiting)
        {
            await Task.Delay(request.Interval, _time, cancellationToken).ConfigureAwait(false);
            foreach (var stat in await MeasureAsync(filter, history, events, cancellationToken).ConfigureAwait(false))
            {
                first[(stat.Mode, stat.ContainerName)] = stat;
            }
        }

        return first.Values.OrderBy(stat => stat.Service, StringComparer.Ordinal).ThenBy(stat => stat.Instance, StringComparer.Ordinal).ToList();
    }

    /// <summary>
    /// Measures again and again. Services that are started join, those that end leave, and an engine that goes away and comes back
    /// is only a gap.
    /// </summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async IAsyncEnumerable<ContainerStat> FollowAsync(StatRequest request, IProgress<LifecycleEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(request);
        var history = NewHistory();
        var filter = new ServiceFilter(request.Services);
        var once = new OnceEach(events);
        while (true)
        {
            foreach (var stat in await MeasureAsync(filter, history, once, cancellationToken).ConfigureAwait(false))
            {
                yield return stat;
            }

            await Task.Delay(request.Interval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a history for <see cref="MeasureAsync"/>.</summary>
    public StatHistory NewHistory() => new(_time, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Measures everything that runs, once.</summary>
    /// <param name="filter">Which services.</param>
    /// <param name="history">What was measured before.</param>
    /// <param name="events">Told what could not be measured.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<IReadOnlyList<ContainerStat>> MeasureAsync(ServiceFilter filter, StatHistory history, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var (observation, subjects) = await FindAsync(filter, events, cancellationToken).ConfigureAwait(false);
        var measured = await Task.WhenAll(subjects.Select(subject => MeasureOneAsync(subject, observation?.Runtime, events, cancellationToken))).ConfigureAwait(false);

        // While the engine is away nobody knows what has become of its containers.
        history.Keep(subject => subjects.Contains(subject) || (observation?.Runtime is null && subject.ContainerId is not null));
        return measured.OfType<Measurement>().Select(history.Add).OfType<ContainerStat>().ToList();
    }

    private static void Check(StatRequest request)
    {
        if (request.Interval <= TimeSpan.Zero)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, "The interval must be longer than nothing.");
        }
    }

    private async Task<(Observation? Observation, HashSet<MeasuredSubject> Subjects)> FindAsync(ServiceFilter filter, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        Observation observation;
        try
        {
            observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e) when (e.Code == ErrorCode.DockerApiError)
        {
            events.Report(new Noted(null, $"Containers could not be looked at: {e.Message}"));
            return (null, []);
        }

        var containers = observation.State.Containers
            .Where(container => container.State is ContainerState.Running or ContainerState.Paused)
            .Select(container => (Key: ContainerLabels.KeyOf(container.Labels), Container: container))
            .Where(found => filter.Matches(found.Key))
            .Select(found => new MeasuredSubject(found.Key!.Value, found.Container.Name, found.Container.Id, null));
        var processes = observation.State.HostProcesses
            .Where(process => process is { IsRunning: true, Entry.Process: not null } && filter.Matches(process.Key))
            .Select(process => new MeasuredSubject(process.Key, process.Entry.ContainerName, null, process.Entry.Process));
        return (observation, [.. containers, .. processes]);
    }

    private async Task<Measurement?> MeasureOneAsync(MeasuredSubject subject, IContainerRuntime? runtime, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        if (subject.Process is { } process)
        {
            var usage = await Task.Run(() => _runner.Measure(process), cancellationToken).ConfigureAwait(false);
            return usage is null ? null : new Measurement(subject, _time.GetUtcNow(), _time.GetTimestamp(), null, usage);
        }

        try
        {
            var sample = await runtime!.ReadSampleAsync(subject.ContainerId!, cancellationToken).ConfigureAwait(false);
            return sample is null ? null : new Measurement(subject, sample.ReadAt, _time.GetTimestamp(), sample, null);
        }
        catch (LocalZureException e) when (e.Code is ErrorCode.DockerApiError or ErrorCode.DockerUnavailable)
        {
            // The engine went away, or is restarting, between the look at what there is and this one.
            events.Report(new Noted(subject.ContainerName, $"It could not be measured: {e.Message}"));
            return null;
        }
    }
}
