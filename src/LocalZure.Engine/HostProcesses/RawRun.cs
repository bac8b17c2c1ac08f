using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// Reads what one run of a process wrote without stamps. A line takes the time that the program itself has written before it; else,
/// when it is read as it comes or is the last, that of the file's last change; else that of the line before, the first that of the
/// run's start.
/// </summary>
internal sealed class RawRun : IDisposable
{
    private readonly LogFileReader _file;
    private readonly bool _isNode;
    private DateTimeOffset _last;
    private bool _isLive;

    /// <summary>Takes a file over.</summary>
    /// <param name="file">The file.</param>
    /// <param name="heading">Which part of which run it is; null when the file does not tell.</param>
    /// <param name="isNode">Whether these lines are but the last words of a Node.js program whose output is stamped elsewhere: then only the time of the last change counts.</param>
    public RawRun(LogFileReader file, RunHeading? heading, bool isNode)
    {
        _file = file;
        Heading = heading;
        _isNode = isNode;
        _last = heading?.Began ?? default;
    }

    /// <summary>Which part of which run it is; null when the file does not tell.</summary>
    public RunHeading? Heading { get; }

    /// <summary>Opens the file of a run; null when it does not exist.</summary>
    public static RawRun? TryOpen(string path, bool isNode)
    {
        if (LogFileReader.TryOpen(path) is not { } file)
        {
            return null;
        }

        var heading = file.TryRead(out var first) ? LogLineFormat.ParseHeading(first) : null;
        file.SeekToStart();
        return new RawRun(file, heading, isNode);
    }

    /// <summary>Which part of which run a file is; null when there is no file, or it does not tell.</summary>
    public static RunHeading? HeadingOf(string path)
    {
        using var file = LogFileReader.TryOpen(path, bufferSize: 64);
        return file is not null && file.TryRead(out var first) ? LogLineFormat.ParseHeading(first) : null;
    }

    /// <summary>From now on nothing is read that is written later.</summary>
    public void StopAtEnd() => _file.StopAtEnd();

    /// <summary>Goes to the last lines.</summary>
    /// <returns>How many lines of output there are from there on.</returns>
    public int SeekToLast(int lines)
    {
        var found = _file.SeekToLast(lines);
        return _file.IsAtStart && Heading is not null ? Math.Max(0, found - 1) : found;
    }

    /// <summary>The next line; false when there is none yet.</summary>
    /// <param name="isOver">Whether the process has ended, so that a last line without an end counts.</param>
    /// <param name="line">The line.</param>
    public bool TryRead(bool isOver, [NotNullWhen(true)] out ContainerLogLine? line)
    {
        var isFirst = _file.IsAtStart;
        while (_file.TryRead(out var text) || (isOver && _file.TryReadRest(out text)))
        {
            var isStart = isFirst && Heading is not null;
            isFirst = false;
            if (!isStart)
            {
                line = new ContainerLogLine(TimeOf(text), IsError: false, text) { IsPartial = _file.IsPartial };
                return true;
            }
        }

        line = null;
        _isLive = true;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private DateTimeOffset TimeOf(string text)
    {
        if (_isNode || Heading is not { } heading)
        {
            return _file.LastWrite;
        }

        var time = OwnStamp.Find(text, heading.Start, _file.LastWrite) ?? (_isLive || _file.IsAtEnd ? _file.LastWrite : _last);
        return _last = time > _last ? time : _last;
    }
}
