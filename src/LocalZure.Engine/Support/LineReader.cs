using System.Text;

namespace LocalZure.Engine.Support;

/// <summary>Takes the lines out of what a program writes. A line without an end comes in pieces, so that memory is bounded.</summary>
internal static class LineReader
{
    private const int LongestLine = 64 * 1024;

    /// <summary>Reads to the end.</summary>
    /// <param name="stream">What it writes, as UTF-8.</param>
    /// <param name="take">Told every line.</param>
    public static async Task ReadAsync(Stream stream, Action<string> take)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), false, -1, leaveOpen: true);
        var buffer = new char[8 * 1024];
        var line = new StringBuilder();
        while (await reader.ReadAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false) is > 0 and var count)
        {
            Split(buffer.AsSpan(0, count), line, take);
        }

        if (line.Length > 0)
        {
            take(line.ToString());
        }
    }

    private static void Split(ReadOnlySpan<char> text, StringBuilder line, Action<string> take)
    {
        while (text.Length > 0)
        {
            var end = text.IndexOf('\n');
            var room = LongestLine - line.Length;
            if (end >= 0 && end <= room)
            {
                Take(text[..end], line, take);
                text = text[(end + 1)..];
            }
            else if (text.Length < room)
            {
                line.Append(text);
                return;
            }
            else
            {
                Take(text[..room], line, take);
                text = text[room..];
            }
        }
    }

    private static void Take(ReadOnlySpan<char> text, StringBuilder line, Action<string> take)
    {
        line.Append(text);
        var length = line.Length > 0 && line[^1] == '\r' ? line.Length - 1 : line.Length;
        take(line.ToString(0, length));
        line.Clear();
    }
}
