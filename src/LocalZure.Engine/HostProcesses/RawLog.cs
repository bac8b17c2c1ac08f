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
    private readonly bool _isSnapshot;
    private readonly Queue<RawRun> _ahead;
    private RawRun? _run;

    /// <summary>Opens what is there.</summary>
    /// <param name="folder">The log folder.</param>
    /// <param name="tail">Begins with the last so many lines; null with all.</param>
    /// <param name="isNode">Whether the process is Node.js, so that these are only its last words.</param>
    /// <param name="isSnapshot">Whether to read no more than what is there now.</param>
    public RawLog(string folder, int? tail, bool isNode, bool isSnapshot = false)
    {
        _folder = folder;
        _isNode = isNode;
        _isSnapshot = isSnapshot;
        var runs = OpenNewer();
        for (var i = runs.Count - 1; tail is not null && i >= 0; i--)
        {
            tail = Math.Max(0, tail.Value - runs[i].SeekToLast(tail.Value));
        }

        if (isSnapshot)
        {
            runs.ForEach(run => run.StopAtEnd());
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
            var next = Newer();
            var isDone = _ahead.Count > 0 || next is not null;
            if ((isDone || isOver) && _run.TryRead(isOver: true, out line))
            {
                // A file that is full ends where it is, mostly within a line.
                line = next?.Start == _run.Heading?.Start && next is not null ? line with { IsPartial = true } : line;
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

    // What comes after the run that is read; null when there is nothing yet, or it does not tell.
    private RunHeading? Newer() => _ahead.TryPeek(out var ahead) ? ahead.Heading
        : !_isSnapshot && RawRun.HeadingOf(HostLogFiles.Raw(_folder)) is { } heading && heading.IsAfter(_run!.Heading) ? heading
        : null;

    private bool OpenNext()
    {
        if (_ahead.Count == 0 && !_isSnapshot)
        {
            OpenNewer().ForEach(_ahead.Enqueue);
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
    private List<RawRun> OpenNewer()
    {
        List<RawRun> runs = [];
        for (var i = 0; i <= RawLogFiles.Rotated; i++)
        {
            var path = i == 0 ? HostLogFiles.Raw(_folder) : HostLogFiles.PreviousRaw(_folder, i);
            if (RawRun.TryOpen(path, _isNode) is not { } run)
            {
                continue;
            }

            var isOld = _run is not null && !(run.Heading is { } heading && heading.IsAfter(_run.Heading));
            if (isOld || (run.Heading is not null && runs.Exists(other => other.Heading == run.Heading)))
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
