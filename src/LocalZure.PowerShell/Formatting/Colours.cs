using System.Management.Automation;

namespace LocalZure.PowerShell.Formatting;

/// <summary>Colours of texts that the engine writes, in the style of the session.</summary>
internal static class Colours
{
    /// <summary>Whether the session shows colours: they are not switched off, and what it writes goes to a terminal.</summary>
    public static bool AreWanted =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && PSStyle.Instance.OutputRendering switch
        {
            OutputRendering.PlainText => false,
            OutputRendering.Ansi => true,
            _ => !Console.IsOutputRedirected,
        };

    /// <summary>Colours a text by the state and health of a service.</summary>
    public static string Paint(DependencyNode node, string text)
    {
        var foreground = PSStyle.Instance.Foreground;
        var colour = node switch
        {
            { State: ServiceState.Failed } or { Health: ServiceHealthStatus.Unhealthy } => foreground.Red,
            { State: ServiceState.Running, Health: ServiceHealthStatus.Healthy } => foreground.Green,
            { State: ServiceState.NotCreated or ServiceState.Stopped } => foreground.BrightBlack,
            _ => foreground.Yellow,
        };
        return $"{colour}{text}{PSStyle.Instance.Reset}";
    }
}
