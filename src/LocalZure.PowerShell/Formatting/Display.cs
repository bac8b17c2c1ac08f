using Texts = LocalZure.Engine.Presentation.Display;

namespace LocalZure.PowerShell.Formatting;

/// <summary>The engine's texts for the format file, which finds the types of this assembly only.</summary>
public static class Display
{
    private const int Utf8 = 65001;

    /// <inheritdoc cref="Texts.Span"/>
    public static string Span(TimeSpan? span) => Texts.Span(span);

    /// <inheritdoc cref="Texts.Moment"/>
    public static string Moment(DateTimeOffset? moment) => Texts.Moment(moment);

    /// <inheritdoc cref="Texts.Clock"/>
    public static string Clock(DateTimeOffset moment) => Texts.Clock(moment);

    /// <inheritdoc cref="Texts.Time"/>
    public static string Time(DateTimeOffset moment) => Texts.Time(moment);

    /// <inheritdoc cref="Texts.After"/>
    public static string? After(string step, double? milliseconds) => Texts.After(step, milliseconds);

    /// <inheritdoc cref="Texts.Tone"/>
    public static string Tone(string state) => Texts.Tone(state);

    /// <inheritdoc cref="Texts.Source"/>
    public static string Source(LogEntry entry) => Texts.Source(entry);

    /// <inheritdoc cref="Texts.Line"/>
    public static string Line(LogEntry entry) => Texts.Line(entry);

    /// <inheritdoc cref="Texts.Latency"/>
    public static TimeSpan? Latency(ServiceHealth health) => Texts.Latency(health);

    /// <inheritdoc cref="Texts.Problem"/>
    public static string Problem(ServiceHealth health) => Texts.Problem(health);

    /// <inheritdoc cref="Texts.Value"/>
    public static string Value(Configuration setting) => Texts.Value(setting);

    /// <inheritdoc cref="Texts.Origin"/>
    public static string Origin(Configuration setting) => Texts.Origin(setting);

    /// <inheritdoc cref="Texts.Place"/>
    public static string Place(ConfigurationError error) => Texts.Place(error);

    /// <inheritdoc cref="Texts.Bytes"/>
    public static string Bytes(long? bytes) => Texts.Bytes(bytes);

    /// <inheritdoc cref="Texts.BytePair"/>
    public static string BytePair(long? first, long? second) => Texts.BytePair(first, second);

    /// <inheritdoc cref="Texts.Sparkline"/>
    public static string Sparkline(IEnumerable<double>? shares, bool plain) => Texts.Sparkline(shares, plain);

    /// <summary>Whether charts are written with plain characters: colours are off, the output goes to a file, or the terminal cannot show others.</summary>
    /// <param name="rendering">The session's <c>$PSStyle.OutputRendering</c>.</param>
    public static bool IsPlain(string? rendering) =>
        rendering == "PlainText"
        || Console.IsOutputRedirected
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        || Console.OutputEncoding.CodePage != Utf8;
}
