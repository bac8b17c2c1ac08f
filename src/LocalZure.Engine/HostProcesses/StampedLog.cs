using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// Reads the series of files that <c>NodeLogWriter.cjs</c> writes as one, while it is being written and rotated. Files are
/// told apart by the number in their first line, not by their names, which change under the reader.
/// </summary>
internal sealed class StampedLog : IDisposable
{
    private readonly string _folder;
    private readonly bool _isSnapshot;
    private readonly Queue<(int Number, DateTimeOffset Start, LogFileReader File)> _ahead = new();
    private LogFileReader? _file;
    private int _number;
    private DateTimeOffset _start;
    private DateTimeOffset _last;

    /// <summary>Opens what is there, which is then read however often it is rotated meanwhile.</summary>
    /// <param name="folder">The log folder.</param>
    /// <param name="tail">Begins with the last so many lines; null with all.</param>
    /// <param name="isSnapshot">Whether to read no more than what is there now.</param>
    public StampedLog(string folder, int? tail, bool isSnapshot = false)
    {
        _folder = folder;
        var files = OpenNewer();
        _isSnapshot = isSnapshot;
        if (tail is { } lines)
        {
            SkipTo(files, lines);
        }

        if (isSnapshot)
        {
            files.ForEach(file => file.File.StopAtEnd());
        }

        files.ForEach(_ahead.Enqueue);
    }

    /// <summary>The next line; false when there is none yet.</summary>
    /// <param name="isOver">Whether the writer has ended, so that a last line without an end counts.</param>
    /// <param name="line">The line.</param>
    public bool TryRead(bool isOver, [NotNullWhen(true)] out ContainerLogLine? line)
    {
        while (_file is not null || OpenNext())
        {
            if (TryReadLine(isRest: false, out line))
            {
                return true;
            }

            var isDone = HasNewer();

            // Once more: the writer may have added lines before it began the newer file.
            if (isDone && TryReadLine(isRest: false, out line))
            {
                return true;
            }

            if ((isDone || isOver) && TryReadLine(isRest: true, out line))
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
        _file?.Dispose();
        foreach (var (_, _, file) in _ahead)
        {
            file.Dispose();
        }
    }

    private bool TryReadLine(bool isRest, [NotNullWhen(true)] out ContainerLogLine? line)
    {
        while (isRest ? _file!.TryReadRest(out var text) : _file!.TryRead(out text))
        {
            if (LogLineFormat.TryParse(text, out line))
            {
                line = line with { IsPartial = _file.IsPartial };
                _last = line.Timestamp;
                return true;
            }

            if (LogLineFormat.ParseFileNumber(text) is null)
            {
                line = new ContainerLogLine(_last, IsError: false, text);
                return true;
            }
        }

        line = null;
        return false;
    }

    private bool HasNewer() => _ahead.Count > 0 || (!_isSnapshot && HeadOf(HostLogFiles.Current(_folder)) is { } head && IsNewer(head.Number, head.Start));

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

        _file?.Dispose();
        (_number, _start, _file) = next;
        return true;
    }

    // From the newest name to the oldest, the way files move, so that a rotation meanwhile hides none.
    private List<(int Number, DateTimeOffset Start, LogFileReader File)> OpenNewer()
    {
        var files = new SortedDictionary<int, (DateTimeOffset Start, LogFileReader File)>();
        for (var i = 0; i <= HostLogFiles.Rotated; i++)
        {
            var path = i == 0 ? HostLogFiles.Current(_folder) : HostLogFiles.Previous(_folder, i);
            if (LogFileReader.TryOpen(path) is not { } file)
            {
                continue;
            }

            if (HeadOf(file) is not { } head || !IsNewer(head.Number, head.Start) || !files.TryAdd(head.Number, (head.Start, file)))
            {
                file.Dispose();
            }
        }

        return [.. files.Select(entry => (entry.Key, entry.Value.Start, entry.Value.File))];
    }

    private static void SkipTo(List<(int Number, DateTimeOffset Start, LogFileReader File)> files, int lines)
    {
        for (var i = files.Count - 1; i >= 0; i--)
        {
            var found = files[i].File.SeekToLast(lines);

            // The first line of every file is its number.
            lines -= files[i].File.IsAtStart ? Math.Max(0, found - 1) : found;
        }
    }

    // A folder that was made anew counts from 1 again.
    private bool IsNewer(int number, DateTimeOffset start) => number > _number || start > _start;

    private static (int Number, DateTimeOffset Start)? HeadOf(string path)
    {
        using var file = LogFileReader.TryOpen(path, bufferSize: 64);
        return file is null ? null : HeadOf(file);
    }

    private static (int Number, DateTimeOffset Start)? HeadOf(LogFileReader file) =>
        file.TryRead(out var first) && LogLineFormat.ParseFileNumber(first) is { } number ? (number, LogLineFormat.ParseFileStart(first)) : null;
}
