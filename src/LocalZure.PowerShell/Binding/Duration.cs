using System.Globalization;

namespace LocalZure.PowerShell.Binding;

/// <summary>A span of time as people write it: <c>30</c> and <c>"30"</c> (seconds), <c>"10m"</c>, <c>"1h30m"</c>, a TimeSpan.</summary>
public sealed class Duration : Argument<TimeSpan>
{
    private const string Spellings = "Write it as a number with a unit, for example 500ms, 30s, 10m or 1h30m; a bare number counts seconds.";

    /// <summary>Takes what was given.</summary>
    /// <param name="given">What the user passed, without PowerShell's wrapper.</param>
    public Duration(object? given)
        : base(given, Parse)
    {
    }

    /// <summary>Reads a span of time.</summary>
    /// <param name="given">What the user passed, without PowerShell's wrapper.</param>
    /// <exception cref="LocalZureException">ParameterInvalid.</exception>
    internal static TimeSpan Parse(object? given) => given switch
    {
        TimeSpan span when span < TimeSpan.Zero => throw new LocalZureException(ErrorCode.ParameterInvalid, $"{span} is negative.", Spellings),
        TimeSpan span => span,
        string text => Engine.Support.Duration.Parse(text),

        // PowerShell reads a bare 2d as a number of type decimal, and 30s as one of type short: the suffixes are those
        // of days and seconds.
        decimal days => Engine.Support.Duration.Parse(days.ToString(CultureInfo.InvariantCulture) + "d"),

        // Without this PowerShell would take 30 for 30 ticks of 100 ns. Written without an exponent: 99999999999999999999
        // is a double.
        double number => Engine.Support.Duration.Parse(number.ToString("0.#########", CultureInfo.InvariantCulture)),
        short or int or long or float => Engine.Support.Duration.Parse(Convert.ToString(given, CultureInfo.InvariantCulture)!),
        null => throw new LocalZureException(ErrorCode.ParameterInvalid, "$null is not a duration.", Spellings),
        _ => throw new LocalZureException(ErrorCode.ParameterInvalid, $"a value of type {given.GetType().Name} is not a duration.", Spellings),
    };
}
