using System.Text.RegularExpressions;

namespace LocalZure.Engine.Export;

/// <summary>An assignment in the text of a <c>.env</c> file, for example <c>export NAME="a b" # why</c>. Its value may go over several lines.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="NameEnd">Where the name ends; blanks and the equals sign follow.</param>
/// <param name="ValueEnd">Where what belongs to the value ends; a comment, or the end of a line, follows.</param>
internal sealed partial record DotEnvAssignment(string Name, int NameEnd, int ValueEnd)
{
    /// <summary>The assignments, in order.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<DotEnvAssignment> FindAll(string text)
    {
        for (var position = 0; position < text.Length;)
        {
            var end = EndOfLine(text, position);
            var match = Beginning().Match(text, position, end - position);
            if (match.Success)
            {
                var name = match.Groups["name"];
                var assignment = new DotEnvAssignment(name.Value, name.Index + name.Length, FindEnd(text, match.Index + match.Length, end));
                yield return assignment;
                end = EndOfLine(text, assignment.ValueEnd);
            }

            position = end + 1;
        }
    }

    private static int FindEnd(string text, int sign, int lineEnd)
    {
        var start = sign;
        while (start < lineEnd && text[start] is ' ' or '\t')
        {
            start++;
        }

        if (start < lineEnd && text[start] is '"' or '\'' or '`' && ClosingQuote(text, start) is { } quote)
        {
            // What follows is a comment; else the shell adds it to the value: 'it'\''s'
            return Comment().Match(text, quote + 1, EndOfLine(text, quote) - quote - 1).Success ? quote + 1 : EndOfLine(text, quote);
        }

        var comment = InlineComment().Match(text, sign, lineEnd - sign);
        return comment.Success ? comment.Index : lineEnd;
    }

    // Null when there is none: then the quote is a part of an unquoted value, as dotenv sees it.
    private static int? ClosingQuote(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && text[start] == '"')
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                return i;
            }
        }

        return null;
    }

    // The carriage return belongs to the end of the line.
    private static int EndOfLine(string text, int position)
    {
        var end = text.IndexOf('\n', position);
        end = end < 0 ? text.Length : end;
        return end > position && text[end - 1] == '\r' ? end - 1 : end;
    }

    [GeneratedRegex(@"\G[ \t]*(?:export[ \t]+)?(?<name>[\w.-]+)[ \t]*=")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\G[ \t]*(?:#[^\n]*)?\z")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[ \t]+#[^\n]*|[ \t]+\z")]
    private static partial Regex InlineComment();
}
