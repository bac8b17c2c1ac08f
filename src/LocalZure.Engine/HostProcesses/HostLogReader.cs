using System.Runtime.CompilerServices;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Reads the output of a host process, in the shape in which a container's output is read.</summary>
internal sealed class HostLogReader
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly string _folder;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="logDirectory">The process' log folder; it may not exist yet.</param>
    /// <param name="time">The clock.</param>
    public HostLogReader(string logDirectory, TimeProvider time)
    {
        _folder = logDirectory;
        _time = time;
    }

    /// <summary>
    /// The lines in order. As with a container, <see cref="ContainerLogQuery.Tail"/> counts before the bounds of time leave
    /// lines out. Without following, the reading ends with what is there; with it, once the process is gone and all
    /// has been read.
    /// </summary>
    /// <param name="query">Which part to read.</param>
    /// <param name="isRunning">Whether the process still runs. Only asked when following.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<ContainerLogLine> ReadAsync(ContainerLogQuery query, Func<bool> isRunning, CancellationToken cancellationToken) =>
        ReadAsync(query, isRunning, static () => { }, cancellationToken);

    /// <inheritdoc cref="ReadAsync(ContainerLogQuery, Func{bool}, CancellationToken)"/>
    /// <param name="query">Which part to read.</param>
    /// <param name="isRunning">Whether the process still runs, or is still waited for. Only asked when following.</param>
    /// <param name="caughtUp">Called whenever all that is there was read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<ContainerLogLine> ReadAsync(
        ContainerLogQuery query, Func<bool> isRunning, Action caughtUp, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var log = new MergedLog(_folder, query.Tail, isSnapshot: !query.Follow);
        while (true)
        {
            // Asked before the reading, so that what it wrote last is still read.
            var goesOn = query.Follow && (isRunning() || RawWriter.IsAtWork(_folder)) && !(query.Until < _time.GetUtcNow());
            while (log.TryRead(isOver: !goesOn, out var line))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!(line.Timestamp < query.Since) && !(line.Timestamp > query.Until))
                {
                    yield return line;
                }
            }

            if (!goesOn)
            {
                yield break;
            }

            caughtUp();
            await Task.Delay(PollInterval, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
