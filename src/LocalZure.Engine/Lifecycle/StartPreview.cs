using System.Globalization;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Puts into words what a start would do. Pure.</summary>
internal static class StartPreview
{
    /// <summary>What it would do for one service.</summary>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="observation">What there is.</param>
    /// <param name="recreate">Whether to make it anew even when it is unchanged.</param>
    public static PlannedStart Of(DesiredService desired, Observation observation, bool recreate)
    {
        var key = desired.Key;
        try
        {
            var mode = ModeSelector.Select(desired, observation.State, observation.DockerFailure);
            var plan = mode == ServiceMode.Host
                ? LifecyclePlanner.PlanHostProcess(desired, observation.State, recreate)
                : LifecyclePlanner.PlanContainer(desired, observation.State, recreate);
            return new PlannedStart(key.Name, key.Instance, $"{Verb(plan.Action)} {What(Continuity.Apply(desired, plan, observation.State), mode, plan.Action)}: {plan.Reason}", null);
        }
        catch (LocalZureException e)
        {
            return new PlannedStart(key.Name, key.Instance, "", e);
        }
    }

    private static string Verb(PlannedAction action) => action switch
    {
        PlannedAction.Join => "use",
        PlannedAction.StartExisting => "start",
        PlannedAction.Thaw => "resume",
        PlannedAction.Create => "create",
        _ => "replace",
    };

    private static string What(DesiredService desired, ServiceMode mode, PlannedAction action)
    {
        var name = desired.Key.ContainerName;
        var what = mode == ServiceMode.Host ? $"host process {name}" : $"container {name}";
        return action is PlannedAction.Join or PlannedAction.StartExisting or PlannedAction.Thaw
            ? what
            : $"{what}{(mode == ServiceMode.Host ? "" : $" of {desired.Image}")} at {string.Join(", ", desired.Ports.Select(PortOf))}";
    }

    private static string PortOf(DesiredPort port) =>
        port.FirstChoice > 0 ? string.Create(CultureInfo.InvariantCulture, $"port {port.FirstChoice} ({port.Name})") :
        port.Range is { } range ? string.Create(CultureInfo.InvariantCulture, $"a free port of {range.First}-{range.Last} ({port.Name})") :
        $"a free port ({port.Name})";
}
