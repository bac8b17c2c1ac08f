using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// Reads what the runs of a process themselves wrote to their standard output and error, as one, while it is being written. Runs are
/// told apart by their start, since files change their names and folders are made anew under the reader.
/// </summary>
internal sealed class RawLog : IDisposable
{
    private readonly string _folder;
    private readonly bool _isNode;
    private readonly Queue<RawRun> _ahead;
    private RawRun? _run;

    /// <summary>Opens what is there.</summary>
    /// <param name="folder">The log folder.</param>
    /// <param name="tail">Begins with the last so many lines; null with all.</param>
    /// <param name="isNode">Whether the process is Node.js, so that these are only its last words.</param>
    public RawLog(string folder, int? tail, bool isNode)
    {
        _folder = folder;
        _isNode = isNode;
        var runs = OpenNewerThan(null);
        for (var i = runs.Count - 1; tail is not null && i >= 0; i--)
        {
            tail = Math.Max(0, tail.Value - runs[i].SeekToLast(tail.Value));
        }

        _ahead = new Queue<RawRun>(runs);
    }

    /// <summary>The next line; false when there is none yet.</summary>
    /// <param name="isOver">Whether the process has ended, so that a last line without an end counts.</param>
    /// <param name="line">The line.</param>
    public bool TryRead(bool isOver, [NotNullWhen(true)] out ContainerLogLine? line)
    {
        while (_run is not null || OpenNext())
        {
            if (_run!.TryRead(isOver: false, out line))
            {
                return true;
            }

            // Once more: it may have written lines before the next run began.
            var isDone = HasNewer();
            if ((isDone || isOver) && _run.TryRead(isOver: true, out line))
            {
                return true;
            }

            if (!isDone || !OpenNext())
            {
                break;
            }
        }

        line = null;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run?.Dispose();
        foreach (var run in _ahead)
        {
            run.Dispose();
        }
    }

    private bool HasNewer() => _ahead.Count > 0 || RawRun.StartOf(HostLogFiles.Raw(_folder)) > (_run!.Start ?? DateTimeOffset.MinValue);

    private bool OpenNext()
    {
        if (_ahead.Count == 0)
        {
            OpenNewerThan(_run is null ? null : _run.Start ?? DateTimeOffset.MinValue).ForEach(_ahead.Enqueue);
        }

        if (!_ahead.TryDequeue(out var next))
        {
            return false;
        }

        _run?.Dispose();
        _run = next;
        return true;
    }

    // From the newest name to the oldest, the way files move, so that a new run meanwhile hides none.
    private List<RawRun> OpenNewerThan(DateTimeOffset? start)
    {
        List<RawRun> runs = [];
        for (var i = 0; i <= RawLogFiles.Rotated; i++)
        {
            var path = i == 0 ? HostLogFiles.Raw(_folder) : HostLogFiles.PreviousRaw(_folder, i);
            if (RawRun.TryOpen(path, _isNode) is not { } run)
            {
                continue;
            }

            if ((start is not null && !(run.Start > start)) || (run.Start is not null && runs.Exists(other => other.Start == run.Start)))
            {
                run.Dispose();
            }
            else
            {
                runs.Insert(0, run);
            }
        }

        return runs;
    }
}
