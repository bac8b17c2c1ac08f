using System.Text;

namespace LocalZure.Engine.Export;

/// <summary>Finds where a further member of an object goes, and what stands around it, so that it looks like its neighbours.</summary>
internal sealed class JsoncLayout
{
    private const string DefaultIndent = "  ";

    private readonly byte[] _document;
    private readonly JsoncValue _parent;
    private readonly bool _oneLine;
    private readonly string _newLine;
    private readonly string _indent;

    /// <summary>Creates one.</summary>
    /// <param name="document">The document, which is well-formed.</param>
    /// <param name="root">Its value.</param>
    /// <param name="parent">The object.</param>
    /// <param name="newLine">How lines end.</param>
    public JsoncLayout(byte[] document, JsoncValue root, JsoncValue parent, string newLine)
    {
        _document = document;
        _parent = parent;
        _newLine = newLine;
        var first = parent.Members.Count > 0 ? IndentOf(parent.Members[0].Start) : null;
        _oneLine = parent.Members.Count > 0 ? first is null : root.Members.Count > 0 && IndentOf(root.Members[0].Start) is null;
        _indent = first ?? LineIndent(parent.Start) + Unit(root);
    }

    /// <summary>Where the content of an object without members goes: behind its brace, or behind its comments when it gets a line of its own.</summary>
    public int Content => _oneLine ? _parent.Start + 1 : SkipTrivia(_parent.Start + 1, stopAtLine: false).AfterComment;

    /// <summary>What stands between a member and what is before it.</summary>
    public string Before => _oneLine ? " " : _newLine + _indent;

    /// <summary>What stands behind the only member.</summary>
    public string AfterOnly => _oneLine ? " " : _document[Content..(_parent.End - 1)].Contains((byte)'\n') ? "" : _newLine + LineIndent(_parent.Start);

    /// <summary>The comma behind the last member, null when there is none; and where the next member goes: behind the comma and, where it has a line of its own, behind the comments of that line.</summary>
    public (int? Comma, int Behind) Separator
    {
        get
        {
            var end = _parent.Members[^1].Value.End;
            var next = SkipTrivia(end, stopAtLine: false).End;
            int? comma = _document[next] == ',' ? next : null;
            var last = comma + 1 ?? end;
            return (comma, _oneLine ? last : SkipTrivia(last, stopAtLine: true).AfterComment);
        }
    }

    // The blanks before a place when nothing else is before it on its line; else null.
    private string? IndentOf(int place)
    {
        var start = place;
        while (start > 0 && _document[start - 1] is (byte)' ' or (byte)'\t')
        {
            start--;
        }

        return start > 0 && _document[start - 1] == '\n' ? Encoding.UTF8.GetString(_document, start, place - start) : null;
    }

    // The blanks at the beginning of the line of a place.
    private string LineIndent(int place)
    {
        var start = _document.AsSpan(0, place).LastIndexOf((byte)'\n') + 1;
        var end = start;
        while (_document[end] is (byte)' ' or (byte)'\t')
        {
            end++;
        }

        return Encoding.UTF8.GetString(_document, start, end - start);
    }

    private string Unit(JsoncValue root) => root.Members.Count > 0 && IndentOf(root.Members[0].Start) is { Length: > 0 } indent ? indent : DefaultIndent;

    // Over blanks and comments: the end of the last comment (else where it began), and the first byte of something else.
    private (int AfterComment, int End) SkipTrivia(int start, bool stopAtLine)
    {
        var comment = start;
        for (var i = start; ; i++)
        {
            if (_document[i] == '/')
            {
                comment = EndOfComment(i);
                i = comment - 1;
            }
            else if (_document[i] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') || (stopAtLine && _document[i] is (byte)'\r' or (byte)'\n'))
            {
                return (comment, i);
            }
        }
    }

    private int EndOfComment(int start)
    {
        var text = _document.AsSpan(start);
        return start + (text[1] == '*' ? text[2..].IndexOf("*/"u8) + 4 : text.IndexOfAny((byte)'\r', (byte)'\n'));
    }
}
