using LocalZure.Engine.Containers;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Watches a container's log for the lines that say that nothing is left to lose.</summary>
internal sealed class StopLineWatch
{
    private readonly IContainerRuntime _runtime;
    private readonly List<UserPattern> _missing;

    /// <summary>Creates one.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="patterns">Regular expressions; all must be seen, in any order. Without any the watch never ends by itself.</param>
    public StopLineWatch(IContainerRuntime runtime, IReadOnlyList<string> patterns)
    {
        _runtime = runtime;
        _missing = patterns.Select(pattern => new UserPattern(pattern)).ToList();
        Expected = _missing.Count;
    }

    /// <summary>How many lines are to be seen.</summary>
    public int Expected { get; }

    /// <summary>Whether at least one was seen.</summary>
    public bool HasSeenAny { get; private set; }

    /// <summary>Completes when all lines were seen, or when the token is cancelled. A log that cannot be read, or not to its end, shows none.</summary>
    public async Task RunAsync(ContainerDetails container, CancellationToken cancellationToken)
    {
        try
        {
            if (await SeesAllAsync(container, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (LocalZureException)
        {
            // "configured logging driver does not support reading", or an engine that does not answer: nobody knows when it has
            // closed, so it gets all of its time.
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> SeesAllAsync(ContainerDetails container, CancellationToken cancellationToken)
    {
        if (_missing.Count > 0)
        {
            // From the container's own start time, which is by the daemon's clock: lines of an earlier life do not count, and
            // one written before the log was opened is not missed.
            var query = new ContainerLogQuery(Follow: true, Tail: 100, Since: container.StartedAt);
            await foreach (var line in _runtime.ReadLogAsync(container.Id, query, cancellationToken).ConfigureAwait(false))
            {
                HasSeenAny |= _missing.RemoveAll(pattern => pattern.Matches(line.Text)) > 0;
                if (_missing.Count == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
