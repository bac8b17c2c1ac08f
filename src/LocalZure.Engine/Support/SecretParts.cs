using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>Finds what in the value of a variable must not be seen.</summary>
internal static partial class SecretParts
{
    /// <summary>Everything to mask of a variable: its whole value, each of its lines, and the passwords and keys in it. Empty when nothing in it is secret.</summary>
    /// <param name="name">The variable's name: <c>MYSQL_PASSWORD</c> says that all of the value is secret.</param>
    /// <param name="value">The variable's value.</param>
    public static IReadOnlyList<string> Of(string name, string value)
    {
        var parts = Inside(value).Where(part => part.Length > 0).ToList();
        if (parts.Count == 0 && !SecretNames.IsSecret(name))
        {
            return [];
        }

        // A log is masked line by line. The longest first, so that a part does not break up the whole.
        return parts.Append(value).SelectMany(text => text.Split(['\r', '\n']).Append(text))
            .Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal).OrderByDescending(text => text.Length).ToList();
    }

    private static IEnumerable<string> Inside(string value)
    {
        foreach (Match match in Setting().Matches(value))
        {
            var text = match.Groups["value"].Value.Trim();
            if (text.Length > 0 && SecretNames.IsSecret(match.Groups["name"].Value.Trim()))
            {
                yield return text;
                yield return Unquoted(text);
            }
        }

        foreach (Match match in InUrl().Matches(value))
        {
            var text = match.Groups["secret"].Value;
            yield return text;
            yield return Uri.UnescapeDataString(text);
        }
    }

    // "a""b" is a"b
    private static string Unquoted(string text) =>
        text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1].Replace($"{text[0]}{text[0]}", $"{text[0]}", StringComparison.Ordinal) : text;

    // No part can begin where another goes on, so that the time grows with the value alone: a label may hold anything.
    // AccountKey=Eby8…==;  Password="a;b";  SharedAccessSignature=SharedAccessSignature sr=…&sig=…
    [GeneratedRegex("""(?:^|;)(?<name>[^=;]+)=\s*(?<value>"(?:[^"]|"")*"|'(?:[^']|'')*'|[^;]*)""")]
    private static partial Regex Setting();

    // postgresql://user:p%40ss@host/, and …?sv=2025-01-05&sig=a%2Bb%3D&se=…
    [GeneratedRegex("""://[^/?#\s@:]*:(?<secret>[^/?#\s]+)@|(?<![A-Za-z])sig=(?<secret>[^&\s;"']+)""", RegexOptions.IgnoreCase)]
    private static partial Regex InUrl();
}
