using System.Buffers.Binary;
using System.Text;

namespace LocalZure.Engine.Docker.Logs;

/// <summary>
/// Keeps the end of a command's output. It comes in frames like a log's, with a header of 8 bytes whose last four are the
/// length, but without times.
/// </summary>
internal sealed class ExecOutput
{
    private const int HeaderLength = 8;
    private const int Kept = 8 * 1024;
    private const int MostLines = 20;

    private readonly byte[] _header = new byte[HeaderLength];
    private readonly List<byte> _text = [];
    private int _inHeader;
    private uint _remaining;

    /// <summary>Takes the next bytes, wherever they are cut.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            data = _remaining > 0 ? data[Take(data)..] : data[TakeHeader(data)..];
        }
    }

    /// <summary>The last lines, without empty ones at the end; the first may lack its beginning.</summary>
    public IReadOnlyList<string> LastLines()
    {
        var lines = Encoding.UTF8.GetString([.. _text]).TrimEnd().Split('\n');
        return lines is [""] ? [] : lines.TakeLast(MostLines).Select(line => line.TrimEnd('\r')).ToList();
    }

    private int Take(ReadOnlySpan<byte> data)
    {
        var length = (int)Math.Min(_remaining, (uint)data.Length);
        _text.AddRange(data[..length]);
        if (_text.Count > 2 * Kept)
        {
            _text.RemoveRange(0, _text.Count - Kept);
        }

        _remaining -= (uint)length;
        return length;
    }

    private int TakeHeader(ReadOnlySpan<byte> data)
    {
        var length = Math.Min(HeaderLength - _inHeader, data.Length);
        data[..length].CopyTo(_header.AsSpan(_inHeader));
        _inHeader = (_inHeader + length) % HeaderLength;
        if (_inHeader == 0)
        {
            _remaining = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4));
        }

        return length;
    }
}
