using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Logs;

/// <summary>
/// How far one container's log was read, so that another reading goes on without a gap and without a line twice. Stamps alone do not
/// tell: two lines may have the same one, and those of standard output and error may stand in the other order. What is
/// remembered is therefore a moment a second or two ago, and how many lines were read from it on: the log always gives them in the
/// same order.
/// </summary>
internal sealed class ResumePoint
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private DateTimeOffset? _begin;
    private DateTimeOffset? _newest;
    private Mark _from;
    private Mark _next;

    /// <summary>From when on to read again; null when nothing was read yet.</summary>
    public DateTimeOffset? Since
    {
        get
        {
            lock (_gate)
            {
                return _newest is null || _from.Time == DateTimeOffset.MinValue ? null : _from.Time;
            }
        }
    }

    /// <summary>Begins with all lines from a bound on.</summary>
    /// <param name="since">The bound; null for the start of the log.</param>
    public void BeginAt(DateTimeOffset? since)
    {
        lock (_gate)
        {
            _begin = since ?? DateTimeOffset.MinValue;
        }
    }

    /// <summary>Begins behind a line that itself is not wanted.</summary>
    public void BeginAfter(ContainerLogLine line)
    {
        lock (_gate)
        {
            _newest = line.Timestamp;
            _from = _next = new Mark(line.Timestamp, null, 0);
        }
    }

    /// <summary>Takes note of a line that was read.</summary>
    public void Read(ContainerLogLine line)
    {
        lock (_gate)
        {
            if (!(line.Timestamp <= _newest))
            {
                // All lines before this one are older, so that from its time on it is the first.
                MoveTo(line);
                _newest = line.Timestamp;
            }

            _from.Count += line.Timestamp >= _from.Time ? 1 : 0;
            _next.Count += line.Timestamp >= _next.Time ? 1 : 0;
        }
    }

    /// <summary>Tells which lines of a reading from <see cref="Since"/> on were read before; null when none were.</summary>
    public ReadBefore? Again()
    {
        lock (_gate)
        {
            return _newest is { } newest ? new ReadBefore(_from.First, _from.Count, newest) : null;
        }
    }

    private void MoveTo(ContainerLogLine line)
    {
        if (_from.First is null)
        {
            // The first line need not be the oldest.
            var isBegin = _newest is null && _begin is not null;
            _from = _next = new Mark(isBegin ? _begin!.Value : line.Timestamp, line, 0);
        }
        else if (line.Timestamp >= _next.Time + Overlap)
        {
            _from = _next;
            _next = new Mark(line.Timestamp, line, 0);
        }
    }

    // A moment, the first line from then on (null when it is not known), and how many of them were read.
    private record struct Mark(DateTimeOffset Time, ContainerLogLine? First, long Count);
}
