using Texts = LocalZure.Engine.Presentation.Display;

namespace LocalZure.PowerShell.Formatting;

/// <summary>The engine's texts for the format file, which finds the types of this assembly only.</summary>
public static class Display
{
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
}
