using System.Text;
using System.Text.Unicode;

namespace LocalZure.Engine.Configuration.Yaml;

/// <summary>Makes text of the bytes of a file.</summary>
internal static class YamlText
{
    /// <summary>The text; null when the bytes are no UTF-8, which is added to the problems.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="source">The file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static string? Decode(ReadOnlySpan<byte> bytes, Source source, Problems problems)
    {
        if (bytes.Length > YamlLimits.Bytes)
        {
            problems.Add(new Place(source, 1, 1), "", $"The file is larger than {YamlLimits.Bytes >> 20} MiB.", "Keep data that services are seeded with in files of its own and name them under 'init'.");
            return null;
        }

        if (!Utf8.IsValid(bytes))
        {
            var (line, column) = FindInvalid(bytes);
            problems.Add(new Place(source, line, column), "", "The file is not UTF-8 text.", "Save it with the encoding UTF-8.");
            return null;
        }

        return Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
    }

    private static (int Line, int Column) FindInvalid(ReadOnlySpan<byte> bytes)
    {
        var (line, column) = (1, 1);
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + 1);
            bytes = bytes[length..];
        }

        return (line, column);
    }
}
