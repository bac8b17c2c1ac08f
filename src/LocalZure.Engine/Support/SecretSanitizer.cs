using System.Text;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>
/// The one place that takes secrets out of text that is shown, logged or kept, and leaves the rest as it is. What is known to be a
/// secret is masked by <see cref="KnownSecrets"/> first, whatever it looks like.
/// </summary>
internal static class SecretSanitizer
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "***";

    private const string Withheld = "*** (withheld: it could not be searched for secrets in time)";

    /// <summary>The text with <c>***</c> in place of every secret that can be recognised. Its lines stay as many.</summary>
    public static string Sanitize(string text) => text.Length == 0 ? text : Guarded(text, isDecoded: false);

    /// <summary>The same for lines that belong together, among which a key may be spread.</summary>
    public static IReadOnlyList<string> SanitizeLines(IReadOnlyList<string> lines)
    {
        var clean = Sanitize(string.Join('\n', lines)).Split('\n');

        // A line that has breaks of its own is no line; each is then looked at alone.
        return lines.Count == 0 ? [] : clean.Length == lines.Count ? clean : lines.Select(Sanitize).ToList();
    }

    private static string Guarded(string text, bool isDecoded)
    {
        try
        {
            text = text.Contains("PRIVATE KEY", StringComparison.Ordinal) ? SecretPatterns.OfLines.Aggregate(text, (masked, pattern) => pattern.Replace(masked, LineByLine)) : text;
            text = text.Contains("value", StringComparison.OrdinalIgnoreCase) ? SecretPatterns.BelowItsName.Replace(text, $"${{before}}{Mask}") : text;
        }
        catch (RegexMatchTimeoutException)
        {
            return Withheld;
        }

        return string.Join('\n', text.Split('\n').Select(line => OfLine(line, isDecoded)));
    }

    private static string OfLine(string line, bool isDecoded)
    {
        try
        {
            line = SecretPatterns.OfALine.Aggregate(line, (masked, pattern) => pattern.Apply(masked));
            return isDecoded ? line : SecretPatterns.Encoded.Replace(line, Decoded);
        }
        catch (RegexMatchTimeoutException)
        {
            return Withheld;
        }
    }

    private static string LineByLine(Match match) => string.Join('\n', Enumerable.Repeat(Mask, match.ValueSpan.Count('\n') + 1));

    // The text "Password=x" in Base64 is no better than the text itself.
    private static string Decoded(Match match)
    {
        var length = match.Length;
        var token = match.Value.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        var bytes = new byte[length];
        if (!Convert.TryFromBase64String(token.PadRight((token.Length + 3) / 4 * 4, '='), bytes, out var count))
        {
            return match.Value;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, count);
        return text.Any(letter => letter == '\uFFFD' || (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))) || Guarded(text, isDecoded: true) == text
            ? match.Value
            : Mask;
    }
}
