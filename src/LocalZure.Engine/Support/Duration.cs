using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalZure.Engine.Support;

/// <summary>Spans of time as people write them: <c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>1h30m</c>, <c>2d</c>, <c>00:01:00</c>; a bare number counts seconds.</summary>
public static partial class Duration
{
    private const double LongestDays = 3650;

    /// <summary>Reads a span of time.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static TimeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (double.TryParse(trimmed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && !trimmed.EndsWith("Infinity", StringComparison.OrdinalIgnoreCase))
        {
            return Checked(text, seconds);
        }

        if (trimmed.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out var span))
        {
            return Checked(text, span.TotalSeconds);
        }

        var parts = Parts().Match(trimmed);
        if (!parts.Success || trimmed.Length == 0)
        {
            throw Invalid(text);
        }

        return Checked(text, parts.Groups["part"].Captures.Sum(part => Seconds(part.Value)));
    }

    private static double Seconds(string part)
    {
        var unit = part.TrimStart("0123456789.".ToCharArray());
        var number = double.Parse(part[..^unit.Length], CultureInfo.InvariantCulture);
        return unit.ToLowerInvariant() switch
        {
            "ms" => number / 1000,
            "s" => number,
            "m" => number * 60,
            "h" => number * 3600,
            _ => number * 86400,
        };
    }

    private static TimeSpan Checked(string text, double seconds) =>
        seconds switch
        {
            >= 0 and <= LongestDays * 86400 => TimeSpan.FromSeconds(seconds),
            > LongestDays * 86400 => throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{text}' is too long a duration.", $"Use {LongestDays} days at most."),
            _ => throw Invalid(text),
        };

    private static LocalZureException Invalid(string text) =>
        new(ErrorCode.ParameterInvalid, $"'{text}' is not a duration.", "Write it as a number with a unit, for example 500ms, 30s, 10m or 1h30m; a bare number counts seconds.");

    [GeneratedRegex(@"\A(?<part>[0-9]+(\.[0-9]+)?(ms|s|m|h|d))+\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
