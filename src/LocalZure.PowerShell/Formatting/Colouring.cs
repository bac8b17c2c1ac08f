namespace LocalZure.PowerShell.Formatting;

/// <summary>Coloured words for the format file, which would repeat long scripts else, in the session's <c>$PSStyle</c>.</summary>
public static class Colouring
{
    /// <summary>A state, a health, or the outcome of a check.</summary>
    /// <param name="state">The state.</param>
    /// <param name="style">The style.</param>
    public static string State(object? state, object? style)
    {
        var text = $"{state}";
        return Paint(text, style, Display.Tone(text) switch
        {
            "Good" => "Green",
            "Bad" => "Red",
            "Changing" => "Yellow",
            _ => null,
        });
    }

    /// <summary>How bad an error is.</summary>
    /// <param name="severity">The severity.</param>
    /// <param name="style">The style.</param>
    public static string Severity(ErrorSeverity severity, object? style) => Paint($"{severity}", style, severity switch
    {
        ErrorSeverity.Critical => "BrightRed",
        ErrorSeverity.High => "Red",
        ErrorSeverity.Medium => "Yellow",
        _ => null,
    });

    /// <summary>How bad it is that an alert was raised.</summary>
    /// <param name="severity">The severity.</param>
    /// <param name="style">The style.</param>
    public static string AlertSeverity(ErrorSeverity severity, object? style) => Paint($"{severity}", style, severity switch
    {
        ErrorSeverity.Critical or ErrorSeverity.High => "Red",
        ErrorSeverity.Medium => "Yellow",
        _ => null,
    });

    /// <summary>What has happened to a service.</summary>
    /// <param name="type">The kind of event.</param>
    /// <param name="style">The style.</param>
    public static string EventType(LocalZure.EventType type, object? style) => Paint($"{type}", style, type switch
    {
        LocalZure.EventType.Ready or LocalZure.EventType.Healthy => "Green",
        LocalZure.EventType.Died or LocalZure.EventType.OutOfMemory or LocalZure.EventType.Unhealthy => "Red",
        LocalZure.EventType.Paused or LocalZure.EventType.Stopped or LocalZure.EventType.Removed => "Yellow",
        _ => null,
    });

    private static string Paint(string text, object? style, string? colour) =>
        colour is null ? text : new Colours(style).Paint(colour, text);
}
