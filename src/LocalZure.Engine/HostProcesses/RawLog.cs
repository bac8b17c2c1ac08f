using System.Diagnostics.CodeAnalysis;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// Reads what a process itself wrote to its standard output and error. Nothing stamps these lines: they take the time
/// of the file's last change, which for a follower is when they were written, and for a crash when it happened.
/// </summary>
internal sealed class RawLog : IDisposable
{
    private readonly string _path;
    private LogFileReader? _earlier;
    private LogFileReader? _current;

    /// <summary>Opens what is there.</summary>
    /// <param name="folder">The log folder.</param>
    /// <param name="tail">Begins with the last so many lines; null with all.</param>
    public RawLog(string folder, int? tail)
    {
        _path = HostLogFiles.Raw(folder);
        _current = LogFileReader.TryOpen(_path);
        _earlier = LogFileReader.TryOpen(HostLogFiles.PreviousRaw(folder));
        if (tail is { } lines)
        {
            var found = _current?.SeekToLast(lines) ?? 0;
            _earlier?.SeekToLast(lines - found);
        }
    }

    /// <summary>The next line; false when there is none yet.</summary>
    /// <param name="isOver">Whether the process has ended, so that a last line without an end counts.</param>
    /// <param name="line">The line.</param>
    public bool TryRead(bool isOver, [NotNullWhen(true)] out ContainerLogLine? line)
    {
        if (_earlier is not null)
        {
            if (TryRead(_earlier, isOver: true, out line))
            {
                return true;
            }

            _earlier.Dispose();
            _earlier = null;
        }

        line = null;
        _current ??= LogFileReader.TryOpen(_path);
        return _current is not null && TryRead(_current, isOver, out line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _earlier?.Dispose();
        _current?.Dispose();
    }

    private static bool TryRead(LogFileReader file, bool isOver, [NotNullWhen(true)] out ContainerLogLine? line)
    {
        line = file.TryRead(out var text) || (isOver && file.TryReadRest(out text)) ? new ContainerLogLine(file.LastWrite, IsError: false, text) : null;
        return line is not null;
    }
}
