using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle;

/// <summary>A snapshot and where it comes from.</summary>
/// <param name="Runtime">The container runtime; null when none can be used.</param>
/// <param name="State">Everything of ours.</param>
/// <param name="DockerFailure">Why no runtime can be used; null when one can.</param>
internal sealed record Observation(IContainerRuntime? Runtime, ObservedState State, LocalZureException? DockerFailure)
{
    /// <summary>Tells of files that could not be read, and what to do about it.</summary>
    public void ReportUnreadable(IProgress<LifecycleEvent> events)
    {
        foreach (var file in State.Unreadable)
        {
            events.Report(new Degraded(null, $"{file.Message} Remove-LzOrphan removes it, with what it stands for."));
        }
    }
}
