using System.Globalization;

namespace LocalZure.PowerShell.Binding;

/// <summary>A moment: a date, or how long ago it was (<c>"10m"</c>, a TimeSpan, a number of seconds).</summary>
public sealed class Moment : Argument<DateTimeOffset>
{
    /// <summary>Takes what was given.</summary>
    /// <param name="given">What the user passed, without PowerShell's wrapper.</param>
    public Moment(object? given)
        : base(given, Parse)
    {
    }

    private static DateTimeOffset Parse(object? given) => given switch
    {
        DateTimeOffset moment => moment,

        // Without a kind it is local time, as everywhere in PowerShell.
        DateTime date => new DateTimeOffset(date),

        // "12:30" is a time of today, not 12.5 hours ago.
        string text when IsDate(text, out var date) => date,
        _ => Ago(given),
    };

    private static DateTimeOffset Ago(object? given)
    {
        try
        {
            return DateTimeOffset.Now - Duration.Parse(given);
        }
        catch (LocalZureException e)
        {
            var what = given is string text ? $"'{text}' is neither a date nor a duration." : e.Message;
            throw new LocalZureException(ErrorCode.ParameterInvalid, what, "Write a date, for example 2026-03-01 or 12:30, or how long ago it was, for example 30s, 10m or 1h30m.", e);
        }
    }

    private static bool IsDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out date)
        && text.AsSpan().IndexOfAny("-/:") >= 0;
}
