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
    /// <summary>Tells of files and notes that could not be read, and what to do about it.</summary>
    public void ReportUnreadable(IProgress<LifecycleEvent> events)
    {
        foreach (var file in State.Unreadable)
        {
            events.Report(new Degraded(null, $"{file.Message} Remove-LzOrphan removes it, with what it stands for."));
        }

        foreach (var name in State.Containers.Where(container => DefinitionNote.IsUnreadable(Labels.ValueOf(container.Labels, Labels.Definition))).Select(container => container.Name)
            .Concat(State.HostProcesses.Where(process => DefinitionNote.IsUnreadable(process.Entry.Definition)).Select(process => process.Entry.ContainerName)))
        {
            events.Report(new Degraded(
                name,
                $"What is noted of the definition of '{name}' cannot be read: it was written by another version, or by hand. What the catalog says of the service counts, if it is in there."));
        }
    }
}
