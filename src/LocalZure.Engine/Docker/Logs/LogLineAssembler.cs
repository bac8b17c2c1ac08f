using System.Text;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Logs;

/// <summary>
/// Joins the pieces of one stream to lines. Each line begins with its time: <c>2026-11-21T03:11:22.123456789Z text</c>.
/// Engines cut long lines (Docker at 16 KiB) and repeat the time before each piece; only the last piece has a line end.
/// </summary>
internal sealed class LogLineAssembler
{
    /// <summary>Lines that are longer, in bytes, come in parts, so that memory stays flat.</summary>
    public const int MaxLine = 1024 * 1024;

    private const int DockerPiece = 16 * 1024;

    private readonly bool _isError;
    private readonly bool _piecesShareTimestamp;
    private byte[] _pending = new byte[1024];
    private int _length;
    private bool _continues;
    private DateTimeOffset _lastTime = DateTimeOffset.UnixEpoch;

    /// <summary>Creates one.</summary>
    /// <param name="isError">Whether the stream is standard error.</param>
    /// <param name="piecesShareTimestamp">Whether the pieces of a long line carry the time of the first one.</param>
    public LogLineAssembler(bool isError, bool piecesShareTimestamp)
    {
        _isError = isError;
        _piecesShareTimestamp = piecesShareTimestamp;
    }

    /// <summary>Tells that a frame begins. If it goes on with a line, the repeated time is cut from it.</summary>
    /// <param name="piece">The frame's first bytes, the whole time among them.</param>
    /// <param name="lines">Takes the line before, when the frame does not go on with it.</param>
    /// <param name="skipped">How many bytes were cut.</param>
    public void BeginPiece(ref ReadOnlySpan<byte> piece, List<ContainerLogLine> lines, out int skipped)
    {
        skipped = 0;
        if (_length == 0)
        {
            return;
        }

        var prefix = PrefixLength(piece);
        if (prefix == 0)
        {
            return;
        }

        // A time of its own: the line before ended without a line end, for example at the container's end before a restart.
        if (_piecesShareTimestamp && !_pending.AsSpan(0, _length).StartsWith(piece[..prefix]))
        {
            Finish(lines);
            return;
        }

        piece = piece[prefix..];
        skipped = prefix;
    }

    /// <summary>Adds bytes, and the lines that they complete.</summary>
    public void Append(ReadOnlySpan<byte> data, List<ContainerLogLine> lines)
    {
        while (data.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (_length == 0)
            {
                Emit(data[..end], lines);
            }
            else
            {
                Keep(data[..end], lines);
                Emit(_pending.AsSpan(0, _length), lines);
                _length = 0;
            }

            _continues = false;
            data = data[(end + 1)..];
        }

        Keep(data, lines);
    }

    /// <summary>Adds what has no line end as a line.</summary>
    public void Finish(List<ContainerLogLine> lines)
    {
        if (_length > 0)
        {
            Emit(_pending.AsSpan(0, _length), lines);
        }

        _length = 0;
        _continues = false;
    }

    /// <summary>The length of the time and the space behind it; 0 when there is none.</summary>
    private static int PrefixLength(ReadOnlySpan<byte> text) =>
        Rfc3339.TryParse(text, out _, out var length) && length < text.Length && text[length] == ' ' ? length + 1 : 0;

    private void Keep(ReadOnlySpan<byte> data, List<ContainerLogLine> lines)
    {
        while (_length + data.Length > MaxLine)
        {
            var fitting = MaxLine - _length;
            Store(data[..fitting]);
            data = data[fitting..];
            EmitPart(lines);
        }

        Store(data);
    }

    private void Store(ReadOnlySpan<byte> data)
    {
        if (_length + data.Length > _pending.Length)
        {
            Array.Resize(ref _pending, Math.Min(MaxLine, Math.Max(_pending.Length * 2, _length + data.Length)));
        }

        data.CopyTo(_pending.AsSpan(_length));
        _length += data.Length;
    }

    /// <summary>Adds a full buffer as a line of its own and keeps the time for the rest, and the bytes of a character that was cut.</summary>
    private void EmitPart(List<ContainerLogLine> lines)
    {
        var cut = _length;
        while (cut > _length - 4 && (_pending[cut - 1] & 0xC0) == 0x80)
        {
            cut--;
        }

        cut = (_pending[cut - 1] & 0xC0) == 0xC0 ? cut - 1 : _length;
        var prefix = PrefixLength(_pending.AsSpan(0, _length));
        Emit(_pending.AsSpan(0, cut), lines, isPartial: true);
        _pending.AsSpan(cut, _length - cut).CopyTo(_pending.AsSpan(prefix));
        _length = prefix + _length - cut;
        _continues = true;
    }

    private void Emit(ReadOnlySpan<byte> line, List<ContainerLogLine> lines, bool isPartial = false)
    {
        var prefix = 0;
        if (Rfc3339.TryParse(line, out var time, out var length))
        {
            _lastTime = time;
            prefix = Math.Min(line.Length, length + 1);
        }

        var text = line[prefix..];
        if (!isPartial && text.Length > 0 && text[^1] == '\r')
        {
            text = text[..^1];
        }

        if (text.Length > 0 || !_continues)
        {
            lines.Add(new ContainerLogLine(_lastTime, _isError, Text(line[..prefix], text)) { IsPartial = isPartial });
        }
    }

    private static string Text(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> text)
    {
        var isCut = prefix.Length > 0 && text.Length > DockerPiece && text[DockerPiece..].StartsWith(prefix);
        return isCut ? WithoutRepeats(prefix, text) : Encoding.UTF8.GetString(text);
    }

    /// <summary>Cuts the repeated times from a terminal's long line, whose pieces have no frames.</summary>
    private static string WithoutRepeats(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> text)
    {
        var joined = new byte[text.Length];
        var length = 0;
        while (text.Length > DockerPiece && text[DockerPiece..].StartsWith(prefix))
        {
            text[..DockerPiece].CopyTo(joined.AsSpan(length));
            length += DockerPiece;
            text = text[(DockerPiece + prefix.Length)..];
        }

        text.CopyTo(joined.AsSpan(length));
        return Encoding.UTF8.GetString(joined, 0, length + text.Length);
    }
}
