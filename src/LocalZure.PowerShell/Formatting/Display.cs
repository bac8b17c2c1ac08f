using System.Globalization;

namespace LocalZure.PowerShell.Formatting;

/// <summary>Texts of the format file that need code. Knows nothing of PowerShell.</summary>
public static class Display
{
    /// <summary>A span of time with its two largest units, for example <c>4.2 ms</c>, <c>850 ms</c>, <c>2.9 s</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>, <c>3 d 4 h</c>.</summary>
    /// <param name="span">The span; null gives an empty text.</param>
    public static string Span(TimeSpan? span) => span switch
    {
        null => "",
        { TotalMilliseconds: < 10 } few => Invariant($"{few.TotalMilliseconds:0.0} ms"),
        { TotalSeconds: < 1 } some => Invariant($"{some.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } some => Invariant($"{some.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } some => Invariant($"{(int)some.TotalSeconds} s"),
        { TotalHours: < 1 } some => Two((int)some.TotalMinutes, "min", some.Seconds, "s"),
        { TotalDays: < 1 } some => Two((int)some.TotalHours, "h", some.Minutes, "min"),
        { } some => Two((int)some.TotalDays, "d", some.Hours, "h"),
    };

    /// <summary>A moment in local time, to the second.</summary>
    /// <param name="moment">The moment; null gives an empty text.</param>
    public static string Moment(DateTimeOffset? moment) =>
        moment?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A moment of today's log in local time, to the millisecond.</summary>
    /// <param name="moment">The moment.</param>
    public static string Clock(DateTimeOffset moment) => moment.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>A step of a start, for example <c>ready after 950 ms</c>.</summary>
    /// <param name="step">What had happened.</param>
    /// <param name="milliseconds">When, since the start was asked for; null gives null.</param>
    public static string? After(string step, double? milliseconds) =>
        milliseconds is { } value ? $"{step} after {Span(TimeSpan.FromMilliseconds(value))}" : null;

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? Invariant($"{large} {largeUnit}") : Invariant($"{large} {largeUnit} {small} {smallUnit}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
