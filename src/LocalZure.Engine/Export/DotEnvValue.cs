using System.Text.RegularExpressions;

namespace LocalZure.Engine.Export;

/// <summary>
/// Writes values of a <c>.env</c> file so that a shell's <c>source</c>, docker compose and Node's dotenv read the same. Single quotes
/// are literal for all three, but hold no quote; double quotes are literal for all three only without <c>" $ ` \</c>, since dotenv
/// undoes no escapes but <c>\n</c> and <c>\r</c>.
/// </summary>
internal static partial class DotEnvValue
{
    /// <summary>The value as it stands behind the equals sign.</summary>
    /// <param name="value">The value.</param>
    public static string Write(string value) =>
        Plain().IsMatch(value) ? value
        : FitsSingleQuotes(value) ? $"'{value}'"
        : $"\"{Escape(value)}\"";

    /// <summary>Whether all three read it alike. No form can be found for a quote together with one of <c>" $ ` \</c>, for a trailing <c>\</c>, nor for a carriage return.</summary>
    /// <param name="value">The value.</param>
    public static bool IsReadAlike(string value) => Plain().IsMatch(value) || FitsSingleQuotes(value) || Escape(value) == value;

    // docker compose and dotenv take \' for no end of the text; a carriage return is a line feed to dotenv.
    private static bool FitsSingleQuotes(string value) => !value.Contains('\'', StringComparison.Ordinal) && !value.EndsWith('\\') && !value.Contains('\r', StringComparison.Ordinal);

    // As a shell and docker compose read it.
    private static string Escape(string value) => Special().Replace(value, @"\$0").Replace("\r", @"\r", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9_./:@%+,=-]+\z")]
    private static partial Regex Plain();

    [GeneratedRegex("[\"$`\\\\]")]
    private static partial Regex Special();
}
