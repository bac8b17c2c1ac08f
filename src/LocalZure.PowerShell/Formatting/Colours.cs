using System.Management.Automation;

namespace LocalZure.PowerShell.Formatting;

/// <summary>Colours of texts that the engine writes, in the style of the session.</summary>
internal sealed class Colours
{
    // $PSStyle, by the names of its members: the assembly that cmdlets are compiled against is older than it.
    private readonly PSObject? _style;

    /// <summary>Creates one.</summary>
    /// <param name="style">The session's <c>$PSStyle</c>; null where there is none.</param>
    public Colours(object? style) => _style = style is null ? null : PSObject.AsPSObject(style);

    /// <summary>Whether the session shows colours: they are not switched off, and what it writes goes to a terminal.</summary>
    public bool AreWanted =>
        _style is not null
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Text(_style, "OutputRendering") switch
        {
            "PlainText" => false,
            "Ansi" => true,
            _ => !Console.IsOutputRedirected,
        };

    /// <summary>Colours a text by the state and health of a service.</summary>
    public string Paint(DependencyNode node, string text) => Paint(
        node switch
        {
            { State: ServiceState.Failed } or { Health: ServiceHealthStatus.Unhealthy } => "Red",
            { State: ServiceState.Running, Health: ServiceHealthStatus.Healthy } => "Green",
            { State: ServiceState.NotCreated or ServiceState.Stopped } => "BrightBlack",
            _ => "Yellow",
        },
        text);

    /// <summary>Colours a text.</summary>
    /// <param name="colour">A member of <c>$PSStyle.Foreground</c>.</param>
    /// <param name="text">The text.</param>
    public string Paint(string colour, string text)
    {
        var foreground = _style?.Properties["Foreground"]?.Value;
        return foreground is null ? text : $"{Text(PSObject.AsPSObject(foreground), colour)}{text}{Text(_style!, "Reset")}";
    }

    private static string Text(PSObject value, string member) => $"{value.Properties[member]?.Value}";
}
