using System.Text;
using System.Text.Json;

namespace LocalZure.Engine.Export;

/// <summary>Reads JSON with comments and trailing commas, as .NET's configuration does, and keeps where everything stands.</summary>
internal static class JsoncParser
{
    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The value of a document.</summary>
    /// <param name="document">The document in UTF-8.</param>
    /// <param name="name">How the document is named in an error.</param>
    /// <exception cref="LocalZureException">ParameterInvalid with line and column when it is malformed.</exception>
    public static JsoncValue Parse(byte[] document, string name)
    {
        var reader = new Utf8JsonReader(document, Options);
        try
        {
            reader.Read();
            var value = ReadValue(ref reader);

            // Nothing but comments may follow, which only a further look tells.
            reader.Read();
            return value;
        }
        catch (JsonException e)
        {
            // "'}' is an invalid start of a value. LineNumber: 2 | BytePositionInLine: 4."
            var reason = e.Message.Split(" LineNumber:")[0];
            throw Refused(name, Place(document, e.LineNumber ?? 0, e.BytePositionInLine ?? 0), reason, e);
        }
        catch (InvalidOperationException e)
        {
            // "\ud800" alone is a string for the reader, but no text.
            throw Refused(name, PlaceOf(document, (int)reader.TokenStartIndex), "A text holds half a character.", e);
        }
    }

    /// <summary>The line and column of a byte, for example <c>line 3, column 5</c>.</summary>
    public static string PlaceOf(byte[] document, int position)
    {
        var before = document.AsSpan(0, position);
        return Place(document, before.Count((byte)'\n'), position - (before.LastIndexOf((byte)'\n') + 1));
    }

    // Columns count characters, where the reader counts bytes.
    private static string Place(byte[] document, long line, long bytes)
    {
        var start = 0;
        for (var i = 0; i < line; i++)
        {
            start += document.AsSpan(start).IndexOf((byte)'\n') + 1;
        }

        var length = (int)Math.Min(bytes, document.Length - start);
        return $"line {line + 1}, column {Encoding.UTF8.GetCharCount(document, start, length) + 1}";
    }

    private static LocalZureException Refused(string name, string place, string reason, Exception cause) =>
        new(ErrorCode.ParameterInvalid, $"{name} is not valid JSON at {place}: {reason} It was left as it is.", "Correct the file, or name another.", cause);

    private static JsoncValue ReadValue(ref Utf8JsonReader reader)
    {
        var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        var members = new List<JsoncMember>();
        var text = kind == JsonTokenType.String ? reader.GetString() : null;
        if (kind == JsonTokenType.StartArray)
        {
            reader.Skip();
        }

        while (kind == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, nameStart) = (reader.GetString()!, (int)reader.TokenStartIndex);
            reader.Read();
            members.Add(new JsoncMember(name, nameStart, ReadValue(ref reader)));
        }

        return new JsoncValue(kind, start, (int)reader.BytesConsumed, text, members);
    }
}
