using System.Globalization;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Requests.Parsing;

/// <summary>Moments as people write them: a date (<c>2026-03-01</c>, <c>12:30</c>), or how long ago it was (<c>10m</c>).</summary>
public static class Moment
{
    /// <summary>Reads a moment. Without a time zone it is local time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static DateTimeOffset Parse(string text, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(time);

        // "12:30" is a time of today, not 12.5 hours ago.
        return IsDate(text, out var date) ? date : Ago(() => Duration.Parse(text), text, time);
    }

    /// <summary>A while ago.</summary>
    /// <param name="read">Gives the while.</param>
    /// <param name="text">What was written; null when it was no text.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    public static DateTimeOffset Ago(Func<TimeSpan> read, string? text, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            return time.GetLocalNow() - read();
        }
        catch (LocalZureException e)
        {
            var what = text is null ? e.Message : $"'{text}' is neither a date nor a duration.";
            throw new LocalZureException(ErrorCode.ParameterInvalid, what, "Write a date, for example 2026-03-01 or 12:30, or how long ago it was, for example 30s, 10m or 1h30m.", e);
        }
    }

    private static bool IsDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out date)
        && text.AsSpan().IndexOfAny("-/:") >= 0;
}
