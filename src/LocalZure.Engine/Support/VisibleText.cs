using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>
/// The one place that makes texts of others fit for a terminal: labels, names, what programs wrote. Whatever a terminal would take for
/// a command, or would write in another order than it stands there, is shown as a character instead, for example ESC as <c>␛</c>.
/// </summary>
internal static partial class VisibleText
{
    private const string EndOfColours = "\u001b[0m";

    /// <summary>The text without colours and with everything else of that kind made visible. Tabs and line feeds stay.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) => IsPlain(text) ? text : Show(Colours().Replace(text, ""));

    /// <summary>The same for a line of a log, whose colours stay and end with it.</summary>
    /// <param name="text">The line.</param>
    public static string OfLog(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var shown = new StringBuilder();
        var at = 0;
        var hasColours = false;
        foreach (Match colour in Colours().Matches(text))
        {
            shown.Append(Show(text[at..colour.Index])).Append(colour.Value);
            at = colour.Index + colour.Length;
            hasColours = true;
        }

        shown.Append(Show(text[at..]));
        return hasColours && !text.EndsWith(EndOfColours, StringComparison.Ordinal) ? shown.Append(EndOfColours).ToString() : shown.ToString();
    }

    /// <summary>Whether there is nothing in a text that has to be made visible.</summary>
    /// <param name="text">The text.</param>
    public static bool IsPlain(string text)
    {
        foreach (var letter in text)
        {
            if (IsCommand(letter))
            {
                return false;
            }
        }

        return true;
    }

    // Cc is C0, DEL and C1; the rest overrides the direction of what follows.
    private static bool IsCommand(char letter) =>
        letter is not ('\n' or '\t') && (char.IsControl(letter) || letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'));

    private static string Show(string text)
    {
        var shown = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            _ = letter switch
            {
                '\r' when i + 1 < text.Length && text[i + 1] == '\n' => shown,
                _ when !IsCommand(letter) => shown.Append(letter),

                // ␀ to ␟ and ␡ have the characters' own order.
                < ' ' => shown.Append((char)('\u2400' + letter)),
                '\u007f' => shown.Append('\u2421'),
                _ => shown.Append(CultureInfo.InvariantCulture, $"<U+{(int)letter:X4}>"),
            };
        }

        return shown.ToString();
    }

    // ESC [ 1 ; 31 m
    [GeneratedRegex(@"\x1B\[[0-9;:]{0,40}m", RegexOptions.CultureInvariant)]
    private static partial Regex Colours();
}
