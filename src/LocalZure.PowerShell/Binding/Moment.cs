using Texts = LocalZure.Engine.Requests.Parsing.Moment;

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
        string text => Texts.Parse(text, TimeProvider.System),
        _ => Texts.Ago(() => Duration.Parse(given), null, TimeProvider.System),
    };
}
