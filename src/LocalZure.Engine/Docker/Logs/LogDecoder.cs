using System.Buffers.Binary;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker.Logs;

/// <summary>
/// Makes lines of a log's bytes. A framed log has a header of 8 bytes before every piece: the stream (1 is standard
/// output, 2 standard error), three zeros, and the length in four bytes, the highest first. A terminal's log has no frames.
/// </summary>
internal sealed class LogDecoder
{
    private const int HeaderLength = 8;

    // Enough of a frame to read the time at its start.
    private const int FrameStart = Rfc3339.MaxLength + 1;

    private readonly bool _framed;
    private readonly LogLineAssembler _output;
    private readonly LogLineAssembler _error;
    private LogLineAssembler _current;
    private uint _remaining;

    /// <summary>Creates one.</summary>
    /// <param name="framed">Whether the log has frames.</param>
    /// <param name="piecesShareTimestamp">Whether the pieces of a long line carry the time of the first one.</param>
    public LogDecoder(bool framed, bool piecesShareTimestamp)
    {
        _framed = framed;
        _output = new LogLineAssembler(isError: false, piecesShareTimestamp);
        _error = new LogLineAssembler(isError: true, piecesShareTimestamp);
        _current = _output;
    }

    /// <summary>Whether the bytes so far end inside a frame.</summary>
    public bool InsideFrame => _remaining > 0;

    /// <summary>Decodes bytes and adds the lines that are complete.</summary>
    /// <param name="data">All bytes that were not taken before, at least 64 of them unless no more have come yet.</param>
    /// <param name="lines">Takes the lines.</param>
    /// <returns>How many bytes were taken; the others must come again with more behind them.</returns>
    /// <exception cref="InvalidDataException">The bytes are no frames, or the engine reported a failure in them.</exception>
    public int Decode(ReadOnlySpan<byte> data, List<ContainerLogLine> lines)
    {
        if (!_framed)
        {
            _output.Append(data, lines);
            return data.Length;
        }

        var position = 0;
        while (position < data.Length)
        {
            var isStart = _remaining == 0;
            if (isStart && !TryReadHeader(data, ref position))
            {
                break;
            }

            var piece = data.Slice(position, (int)Math.Min(_remaining, (uint)(data.Length - position)));
            if (isStart)
            {
                _current.BeginPiece(ref piece, lines, out var skipped);
                position += skipped;
                _remaining -= (uint)skipped;
            }

            _current.Append(piece, lines);
            position += piece.Length;
            _remaining -= (uint)piece.Length;
        }

        return position;
    }

    /// <summary>Adds what was begun but has no line end, at the end of the log.</summary>
    public void Finish(List<ContainerLogLine> lines)
    {
        _output.Finish(lines);
        _error.Finish(lines);
    }

    private bool TryReadHeader(ReadOnlySpan<byte> data, ref int position)
    {
        var rest = data[position..];
        if (rest.Length < HeaderLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
        if (rest.Length < HeaderLength + Math.Min(length, FrameStart))
        {
            return false;
        }

        _current = rest[0] switch
        {
            0 or 1 => _output,
            2 => _error,
            3 => throw new InvalidDataException("the engine reported: " + SystemError(rest[HeaderLength..], length)),
            _ => throw new InvalidDataException("its answer is not a framed log"),
        };
        _remaining = length;
        position += HeaderLength;
        return true;
    }

    private static string SystemError(ReadOnlySpan<byte> rest, uint length) =>
        System.Text.Encoding.UTF8.GetString(rest[..(int)Math.Min(length, (uint)rest.Length)]).Trim().TrimEnd('.');
}
