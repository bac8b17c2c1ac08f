using System.Text;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>Names with the wildcards of a shell: <c>*</c>, <c>?</c> and <c>[a-c]</c>. Case is ignored.</summary>
internal sealed class NamePattern
{
    private readonly string _pattern;
    private readonly Regex? _regex;

    /// <summary>Creates one.</summary>
    /// <exception cref="LocalZureException">NameInvalid for a set that cannot be, for example <c>[z-a]</c>.</exception>
    public NamePattern(string pattern)
    {
        _pattern = pattern;
        if (pattern.AsSpan().IndexOfAny("*?[") < 0)
        {
            return;
        }

        try
        {
            _regex = new Regex(ToRegex(pattern), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (ArgumentException e)
        {
            throw new LocalZureException(ErrorCode.NameInvalid, $"'{pattern}' is not a valid wildcard pattern.", "Use * for any text, ? for one character and [a-c] for a range.", e);
        }
    }

    /// <summary>Whether it can match more than one name.</summary>
    public bool HasWildcard => _regex is not null;

    /// <summary>Whether a name matches.</summary>
    public bool Matches(string name) => _regex?.IsMatch(name) ?? string.Equals(_pattern, name, StringComparison.OrdinalIgnoreCase);

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var close = pattern[i] == '[' ? pattern.IndexOf(']', i + 1) : -1;
            if (close > i + 1)
            {
                // "[a-c]" keeps its range; everything else inside is taken literally.
                var set = pattern[(i + 1)..close].Replace(@"\", @"\\", StringComparison.Ordinal).Replace("^", @"\^", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal);
                regex.Append('[').Append(set).Append(']');
                i = close;
                continue;
            }

            regex.Append(pattern[i] switch { '*' => ".*", '?' => ".", var letter => Regex.Escape(letter.ToString()) });
        }

        return regex.Append(@"\z").ToString();
    }
}
