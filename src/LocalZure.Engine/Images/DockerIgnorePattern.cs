using System.Text;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Images;

/// <summary>One line of a <c>.dockerignore</c> file.</summary>
internal sealed class DockerIgnorePattern
{
    private readonly Func<string, bool> _matches;
    private readonly string _fixedFolder;
    private readonly bool _hasWildcard;

    private DockerIgnorePattern(string text, bool isException)
    {
        IsException = isException;
        var (regex, kind) = Translate(text);
        _matches = kind switch
        {
            Kind.Exact => path => path == text,
            Kind.Prefix => path => path.StartsWith(text[..^2], StringComparison.Ordinal),
            Kind.Suffix => path => path.EndsWith(text[2..], StringComparison.Ordinal) || (text.StartsWith("**/", StringComparison.Ordinal) && path == text[3..]),
            _ => regex.IsMatch,
        };
        var parts = text.Split('/');
        var literal = parts.TakeWhile(part => part.AsSpan().IndexOfAny("*?[\\") < 0).Count();
        _hasWildcard = literal < parts.Length;
        _fixedFolder = string.Join('/', parts[..literal]);
    }

    private enum Kind
    {
        Exact,
        Prefix,
        Suffix,
        Expression,
    }

    /// <summary>Whether it lets in what an earlier line keeps out: <c>!keep.txt</c>.</summary>
    public bool IsException { get; }

    /// <summary>Reads a line; null for an empty one or a comment.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="FormatException">It is no pattern.</exception>
    public static DockerIgnorePattern? Parse(string line)
    {
        // A blank before the '#' makes it a pattern: " #x".
        var text = line.StartsWith('#') ? "" : line.Trim();
        if (text.Length == 0)
        {
            return null;
        }

        var isException = text[0] == '!';
        text = isException ? text[1..].Trim() : text;
        return text.Length > 0
            ? new DockerIgnorePattern(Clean(text), isException)
            : throw new FormatException("an exclamation mark without a pattern");
    }

    /// <summary>Whether it names this path itself, not one of the folders above.</summary>
    /// <param name="path">A path within the context, with forward slashes.</param>
    public bool Matches(string path) => _matches(path);

    /// <summary>Whether it may name something below a folder.</summary>
    /// <param name="folder">A path within the context, with forward slashes.</param>
    public bool MayMatchBelow(string folder) =>
        _fixedFolder.StartsWith(folder + "/", StringComparison.Ordinal)
        || (_hasWildcard && (_fixedFolder.Length == 0 || _fixedFolder == folder || folder.StartsWith(_fixedFolder + "/", StringComparison.Ordinal)));

    // "./a//b/../c/" is "a/c", and "/a" is "a": as Go's filepath.Clean, then without the leading slash.
    private static string Clean(string text)
    {
        if (OperatingSystem.IsWindows())
        {
            text = text.Replace('\\', '/');
        }

        var isRooted = text.StartsWith('/');
        List<string> parts = [];
        foreach (var part in text.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != ".." || (!isRooted && (parts.Count == 0 || parts[^1] == "..")))
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return parts.Count > 0 ? string.Join('/', parts) : isRooted ? "/" : ".";
    }

    private static (Regex Regex, Kind Kind) Translate(string text)
    {
        var expression = new StringBuilder(@"\A");
        var kind = Kind.Exact;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '*' when at + 1 < text.Length && text[at + 1] == '*':
                    var isFirst = at == 0;
                    at += at + 2 < text.Length && text[at + 2] == '/' ? 2 : 1;
                    var isLast = at + 1 == text.Length;
                    expression.Append(isLast ? ".*" : "(.*/)?");
                    kind = isFirst ? Kind.Suffix : isLast && kind == Kind.Exact ? Kind.Prefix : Kind.Expression;
                    continue;
                case '*':
                    expression.Append("[^/]*");
                    break;
                case '?':
                    expression.Append("[^/]");
                    break;
                case '[':
                    at = AppendClass(text, at, expression);
                    break;
                case '\\' when at + 1 == text.Length:
                    throw new FormatException("a backslash at the end");
                case '\\':
                    expression.Append(Regex.Escape(text[++at].ToString()));
                    break;
                default:
                    expression.Append(Regex.Escape(text[at].ToString()));
                    continue;
            }

            kind = Kind.Expression;
        }

        return (new Regex(expression.Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline), kind);
    }

    // "[a-c]", "[^a]", "[\\]]"; answers where it ends.
    private static int AppendClass(string text, int start, StringBuilder expression)
    {
        var at = start + 1;
        expression.Append('[');
        if (at < text.Length && text[at] == '^')
        {
            expression.Append('^');
            at++;
        }

        var first = at;
        for (; at < text.Length && text[at] != ']'; at++)
        {
            if (text[at] == '-' && at > first)
            {
                expression.Append('-');
                continue;
            }

            at += text[at] == '\\' ? 1 : 0;
            if (at < text.Length)
            {
                expression.Append(text[at] is '\\' or ']' or '[' or '^' or '-' ? "\\" : "").Append(text[at]);
            }
        }

        if (at >= text.Length || at == first)
        {
            throw new FormatException("a bracket that is not closed");
        }

        expression.Append(']');
        return at;
    }
}
