using System.Globalization;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Tells what a plan does to something that exists, where users might not expect it.</summary>
internal static class StartNotices
{
    /// <summary>Tells it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="existing">How long what exists lives; null when nothing does.</param>
    /// <param name="events">Told.</param>
    public static void Report(ServicePlan plan, DesiredService desired, ExistingLife? existing, IProgress<LifecycleEvent> events)
    {
        var name = desired.Key.ContainerName;
        events.Report(new StepPlanned(name, plan.Action.ToString(), plan.Reason));
        if (plan.Reason == LifecyclePlanner.Newer)
        {
            events.Report(new Degraded(name, $"{desired.Key} is used as it is: {plan.Reason}. -Recreate makes it anew."));
        }

        if (existing is not null && plan.Action is PlannedAction.Join or PlannedAction.Thaw or PlannedAction.StartExisting)
        {
            ReportTimeToLive(desired, existing!, events);
            ReportLifetime(desired, existing!, events);
        }
    }

    /// <summary>Tells, once it is done, that something which ran was replaced only because of its settings.</summary>
    public static void ReportReplaced(ServicePlan plan, DesiredService desired, IProgress<LifecycleEvent> events)
    {
        if (plan is { Action: PlannedAction.Replace, Reason: LifecyclePlanner.Moved })
        {
            events.Report(new Degraded(desired.Key.ContainerName, $"{desired.Key} was made anew, because {plan.Reason}."));
        }

        if (plan is { Action: PlannedAction.Replace, Reason: LifecyclePlanner.Changed })
        {
            var kept = desired.Mounts.Any(mount => !mount.IsInMemory) ? "; its data stayed" : "";
            events.Report(new Degraded(desired.Key.ContainerName, $"{desired.Key} was there with other settings and was made anew{kept}."));
        }
    }

    /// <summary>Tells of a limit that the service will not come up with; one of a call is an error, one of a file may be meant for all services.</summary>
    public static void ReportMemory(DesiredService desired, IProgress<LifecycleEvent> events)
    {
        if (desired.MemoryBytes is { } limit && desired.Definition.MinimumMemoryBytes is { } least && limit < least)
        {
            events.Report(new Degraded(desired.Key.ContainerName, $"{desired.Key} needs {least >> 20} MiB of memory; its limit of {limit >> 20} MiB in the configuration may end it while it starts."));
        }
    }

    /// <summary>What is known of a port that was not to be had, in words.</summary>
    public static string Known(DesiredPort port) => port.Kept > 0 ? $"which was '{port.Name}'" : $"the default of '{port.Name}'";

    private static void ReportTimeToLive(DesiredService desired, ExistingLife existing, IProgress<LifecycleEvent> events)
    {
        if (desired.TimeToLive is not null)
        {
            var lives = existing.ExpiresAt is { } end ? $"it ends at {end:u}" : "it has none";
            events.Report(new Degraded(desired.Key.ContainerName, $"The time to live of {desired.Key}, which is there already, stays as it is: {lives}. -Recreate makes it anew."));
        }
    }

    // Labels cannot be changed, so that who joins takes the lifetime that it has.
    private static void ReportLifetime(DesiredService desired, ExistingLife existing, IProgress<LifecycleEvent> events)
    {
        var name = desired.Key.ContainerName;
        switch (existing)
        {
            case { Lifetime: ServiceLifetime.Persistent } when desired.Lifetime == ServiceLifetime.Session:
                events.Report(new Degraded(name, $"{desired.Key} is there already and stays Persistent: it does not end with this session. -Recreate makes it anew."));
                break;
            case { IsOfThisSession: true } when desired.Lifetime == ServiceLifetime.Persistent:
                events.Report(new Degraded(name, $"{desired.Key} was started for this session and ends with it. -Recreate makes it Persistent."));
                break;
            case { Lifetime: ServiceLifetime.Session, IsOfThisSession: false }:
                var pid = OwnerIdentity.TryParse(existing.Owner)?.Process.Pid;
                events.Report(new Degraded(name, $"{desired.Key} was started for another session (process {pid?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}) and ends with that one. -Recreate makes it anew."));
                break;
        }
    }
}
