using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.HostProcesses;

/// <summary>The stamped and the raw output of one process as one sequence in the order of time.</summary>
internal sealed class MergedLog : IDisposable
{
    // A crash of Node.js is in both: stamped by the log writer, raw by Node.js itself.
    private const int Remembered = 200;

    // The kernel stamps files with a clock that lags behind by up to a tick: what came last would seem to come first.
    private static readonly TimeSpan FileTimeLag = TimeSpan.FromMilliseconds(20);

    private readonly Queue<string> _recent = new();
    private readonly StampedLog _stamped;
    private readonly RawLog _raw;
    private readonly bool _isStamped;
    private ContainerLogLine? _nextStamped;
    private ContainerLogLine? _nextRaw;
    private readonly int? _tail;
    private Queue<ContainerLogLine>? _last;

    /// <summary>Opens what is there.</summary>
    /// <param name="folder">The log folder.</param>
    /// <param name="tail">Begins with the last so many lines; null with all.</param>
    /// <param name="isSnapshot">Whether to read no more than what is there now: a program may write faster than this reads.</param>
    public MergedLog(string folder, int? tail, bool isSnapshot = false)
    {
        _stamped = new StampedLog(folder, tail, isSnapshot);
        _isStamped = File.Exists(HostLogFiles.NodeLogWriter(folder));
        _raw = new RawLog(folder, tail, _isStamped, isSnapshot);
        _tail = tail;
    }

    /// <summary>The next line; false when there is none yet.</summary>
    /// <param name="isOver">Whether the process has ended, so that a last line without an end counts.</param>
    /// <param name="line">The line.</param>
    public bool TryRead(bool isOver, [NotNullWhen(true)] out ContainerLogLine? line)
    {
        if (_tail is { } tail)
        {
            // Both logs begin with their own last lines, of which the last together count.
            _last ??= ReadLast(isOver, tail);
            if (_last.TryDequeue(out line))
            {
                return true;
            }
        }

        return TryReadNext(isOver, out line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stamped.Dispose();
        _raw.Dispose();
    }

    private Queue<ContainerLogLine> ReadLast(bool isOver, int count)
    {
        var last = new Queue<ContainerLogLine>();
        while (TryReadNext(isOver, out var line))
        {
            last.Enqueue(line);
            if (last.Count > count)
            {
                last.Dequeue();
            }
        }

        return last;
    }

    private bool TryReadNext(bool isOver, [NotNullWhen(true)] out ContainerLogLine? line)
    {
        do
        {
            Fill(isOver);
            if (_nextRaw is null || _nextStamped?.Timestamp <= _nextRaw.Timestamp + FileTimeLag)
            {
                (line, _nextStamped) = (_nextStamped, null);
                return line is not null;
            }

            (line, _nextRaw) = (_nextRaw, null);
        }
        while (_recent.Contains(line.Text));
        return true;
    }

    private void Fill(bool isOver)
    {
        if (_nextStamped is null && _stamped.TryRead(isOver, out _nextStamped))
        {
            Remember(_nextStamped);
        }

        if (_nextRaw is null && _raw.TryRead(isOver, out var raw))
        {
            // What a Node.js program writes past its log writer is the interpreter's own complaint.
            _nextRaw = raw with { IsError = _isStamped };
        }
    }

    private void Remember(ContainerLogLine line)
    {
        if (!line.IsError || line.Text.Length == 0)
        {
            return;
        }

        _recent.Enqueue(line.Text);
        if (_recent.Count > Remembered)
        {
            _recent.Dequeue();
        }
    }
}
