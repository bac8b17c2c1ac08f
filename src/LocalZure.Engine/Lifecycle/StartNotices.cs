using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Tells what a plan does to something that exists, where users might not expect it.</summary>
internal static class StartNotices
{
    /// <summary>Tells it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="expiresAt">When the time to live of what exists ends; null for never.</param>
    /// <param name="events">Told.</param>
    public static void Report(ServicePlan plan, DesiredService desired, DateTimeOffset? expiresAt, IProgress<LifecycleEvent> events)
    {
        var name = desired.Key.ContainerName;
        events.Report(new StepPlanned(name, plan.Action.ToString(), plan.Reason));
        if (plan is { Action: PlannedAction.Replace, Reason: LifecyclePlanner.Changed })
        {
            events.Report(new Degraded(name, $"{desired.Key} is there with other settings and is made anew; its data stays."));
        }
        else if (plan.Action is PlannedAction.Join or PlannedAction.Thaw or PlannedAction.StartExisting && desired.TimeToLive is not null)
        {
            var lives = expiresAt is { } end ? $"it ends at {end:u}" : "it has none";
            events.Report(new Degraded(name, $"The time to live of {desired.Key}, which is there already, stays as it is: {lives}. -Recreate makes it anew."));
        }
    }
}
