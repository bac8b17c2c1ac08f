using System.Runtime.CompilerServices;
using LocalZure.Engine.Activity;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Reads what has happened to services: what the container engine tells, and what LocalZure has noted.</summary>
internal sealed class EventReader
{
    private static readonly TimeSpan BetweenConnections = TimeSpan.FromSeconds(1);

    private readonly RuntimeProvider _runtimes;
    private readonly NotedEvents _noted;
    private readonly Func<string, IReadOnlyList<string>> _catalogUsers;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="runtimes">Give the container engine.</param>
    /// <param name="noted">What LocalZure has noted.</param>
    /// <param name="catalogUsers">The services of the catalog that use an image.</param>
    /// <param name="time">The clock.</param>
    public EventReader(RuntimeProvider runtimes, NotedEvents noted, Func<string, IReadOnlyList<string>> catalogUsers, TimeProvider time)
    {
        _runtimes = runtimes;
        _noted = noted;
        _catalogUsers = catalogUsers;
        _time = time;
    }

    /// <summary>Reads the events of a request: the past in the order of time, what comes as it comes.</summary>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public IAsyncEnumerable<Event> ReadAsync(EventRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        request.Follow ? FollowAsync(request, events, cancellationToken) : PastAsync(request, events, cancellationToken);

    private async IAsyncEnumerable<Event> PastAsync(EventRequest request, IProgress<LifecycleEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new ServiceFilter(request.Services);
        var observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        await _noted.NoteDeathsAsync(observation, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        var since = request.Since ?? DateTimeOffset.UnixEpoch;
        var until = request.Until < now ? request.Until.Value : now;
        var found = (await _noted.ReadNewAsync([], cancellationToken).ConfigureAwait(false)).Where(noted => noted.Time >= since && noted.Time <= until).ToList();
        if (observation.Runtime is { } runtime)
        {
            // Docker refuses a past that ends before it begins.
            var mapper = MapperFor(observation);
            await foreach (var happened in runtime.ReadEventsAsync(since < until ? since : until, until, cancellationToken).ConfigureAwait(false))
            {
                found.AddRange(mapper.Map(happened) is { } mapped ? [mapped] : []);
            }
        }
        else
        {
            events.Report(new Noted(null, $"Events of containers are not shown: {observation.DockerFailure!.Message}"));
        }

        foreach (var value in found.OrderBy(value => value.Time).Where(value => IsMeant(value, filter, request.Services)))
        {
            yield return value;
        }
    }

    private async IAsyncEnumerable<Event> FollowAsync(EventRequest request, IProgress<LifecycleEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new ServiceFilter(request.Services);
        var since = request.Since ?? _time.GetUtcNow();
        var once = new OnceEach(events);
        await foreach (var value in Merged.AsTheyComeAsync([FollowEngineAsync(since, once, cancellationToken), FollowNotesAsync(since, cancellationToken)], cancellationToken).ConfigureAwait(false))
        {
            if (IsMeant(value, filter, request.Services))
            {
                yield return value;
            }
        }
    }

    // An engine that goes away, and one that was never there, is asked again every second; from the last moment it has told of.
    private async IAsyncEnumerable<Event> FollowEngineAsync(DateTimeOffset since, IProgress<LifecycleEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var recent = new RecentEvents();
        while (true)
        {
            var source = OpenAsync(since, events, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (source.ConfigureAwait(false))
            {
                while (await TryMoveAsync(source, events, cancellationToken).ConfigureAwait(false))
                {
                    var (happened, mapped) = source.Current;
                    since = happened.Time > since ? happened.Time : since;
                    if (recent.Add(happened) && mapped is not null)
                    {
                        yield return mapped;
                    }
                }
            }

            await Task.Delay(BetweenConnections, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<(RuntimeEvent Happened, Event? Mapped)> OpenAsync(DateTimeOffset since, IProgress<LifecycleEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        if (observation.Runtime is not { } runtime)
        {
            events.Report(new Noted(null, $"Events of containers are not shown for now: {observation.DockerFailure!.Message}"));
            yield break;
        }

        var mapper = MapperFor(observation);
        await foreach (var happened in runtime.ReadEventsAsync(since, null, cancellationToken).ConfigureAwait(false))
        {
            yield return (happened, mapper.Map(happened));
        }
    }

    private static async Task<bool> TryMoveAsync<T>(IAsyncEnumerator<T> source, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await source.MoveNextAsync().ConfigureAwait(false);
        }
        catch (LocalZureException e) when (e.Code is ErrorCode.DockerApiError or ErrorCode.DockerUnavailable && !cancellationToken.IsCancellationRequested)
        {
            events.Report(new Noted(null, $"The events of containers were cut off: {e.Message}"));
            return false;
        }
    }

    private async IAsyncEnumerable<Event> FollowNotesAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            await _noted.NoteDeathsAsync(cancellationToken).ConfigureAwait(false);
            foreach (var value in (await _noted.ReadNewAsync(seen, cancellationToken).ConfigureAwait(false)).Where(value => value.Time >= since))
            {
                yield return value;
            }

            await Task.Delay(NotedEvents.BetweenLooks, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    // An image is ours when the catalog, or a container of ours, names it, or when it was built here.
    private EventMapper MapperFor(Observation observation) => new(image =>
    {
        var users = _catalogUsers(image).Concat(observation.State.Containers.Where(container => container.Image == image).Select(container => ContainerLabels.KeyOf(container.Labels)?.Name).OfType<string>())
            .Distinct(StringComparer.Ordinal).ToList();
        return users.Count > 0 || image.StartsWith("localzure/", StringComparison.Ordinal) ? users : null;
    });

    // An image belongs to no instance, and is left out when one is asked for.
    private static bool IsMeant(Event value, ServiceFilter filter, ServiceQuery query) => value switch
    {
        { Type: EventType.ImagePulled, Service: null } => query.Names.Count == 0 && query.Instance is null,
        { Type: EventType.ImagePulled } => query.Instance is null && filter.Matches(new ServiceKey(value.Service, null)),
        _ => filter.Matches(new ServiceKey(value.Service!, value.Instance)),
    };
}
