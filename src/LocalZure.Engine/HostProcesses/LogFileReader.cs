using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// Reads a file that grows, line by line. The writer may go on, rename the file or remove it; what was opened is read to
/// its end. Memory is bounded: a line beyond 1 MiB comes in pieces.
/// </summary>
internal sealed class LogFileReader : IDisposable
{
    private const int FirstBuffer = 64 * 1024;
    private const int LongestLine = 1024 * 1024;

    private readonly FileStream _file;
    private byte[] _buffer;
    private int _start;
    private int _scanned;
    private int _end;
    private long _stop = long.MaxValue;

    private LogFileReader(FileStream file, int bufferSize)
    {
        _file = file;
        _buffer = new byte[bufferSize];
    }

    /// <summary>When the lines being read were written, at the latest.</summary>
    public DateTimeOffset LastWrite { get; private set; }

    /// <summary>Whether the line that was read last goes on in the next one, because it is longer than 1 MiB.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Whether all that is in the file was read.</summary>
    public bool IsAtEnd => _start == _end && _file.Position >= Math.Min(_file.Length, _stop);

    /// <summary>Opens a file; null when it does not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bufferSize">How many bytes are read at once.</param>
    public static LogFileReader? TryOpen(string path, int bufferSize = FirstBuffer)
    {
        try
        {
            return new LogFileReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), bufferSize);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>From now on nothing is read that is written later, however fast that comes.</summary>
    public void StopAtEnd() => _stop = _file.Length;

    /// <summary>Goes to the last lines, wherever the reader was.</summary>
    /// <returns>How many lines there are from there on, the one without an end included.</returns>
    public int SeekToLast(int lines)
    {
        (_start, _scanned, _end) = (0, 0, 0);
        return LogTail.Seek(_file, lines);
    }

    /// <summary>Goes back to the first line.</summary>
    public void SeekToStart()
    {
        (_start, _scanned, _end) = (0, 0, 0);
        _file.Position = 0;
    }

    /// <summary>Whether the next line read is the file's first.</summary>
    public bool IsAtStart => _file.Position == 0 && _end == 0;

    /// <summary>The next line that has its end; false when there is none yet.</summary>
    public bool TryRead([NotNullWhen(true)] out string? line)
    {
        IsPartial = false;
        do
        {
            var length = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(_scanned + length - _start, lineEnd: 1);
                return true;
            }

            _scanned = _end;
            if (_end - _start >= LongestLine)
            {
                line = Take(WholeCharacters(), lineEnd: 0);
                IsPartial = true;
                return true;
            }
        }
        while (Fill());

        line = null;
        return false;
    }

    /// <summary>What stands after the last line end, when nothing more will come; false when there is nothing.</summary>
    public bool TryReadRest([NotNullWhen(true)] out string? line)
    {
        IsPartial = false;
        line = _end > _start ? Take(_end - _start, lineEnd: 0) : null;
        return line is not null;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private string Take(int length, int lineEnd)
    {
        var line = _buffer.AsSpan(_start, length);
        if (lineEnd > 0 && line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        _start += length + lineEnd;
        _scanned = _start;
        return Encoding.UTF8.GetString(line);
    }

    // Bytes 10xxxxxx continue a character.
    private int WholeCharacters()
    {
        var end = _end - 1;
        while (end > _start && (_buffer[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return Math.Max(1, end - _start);
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _scanned, _end) = (0, _scanned - _start, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _file.Read(_buffer, _end, (int)Math.Min(_buffer.Length - _end, Math.Max(0, _stop - _file.Position)));
        if (read == 0)
        {
            return false;
        }

        _end += read;
        LastWrite = File.GetLastWriteTimeUtc(_file.SafeFileHandle);
        return true;
    }
}
