using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Tells of containers that have a service's labels but not its name, which are left alone.</summary>
internal static class ForeignCheck
{
    /// <summary>Looks before a service is started.</summary>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="observed">What there is.</param>
    /// <param name="events">Told of each of them.</param>
    /// <exception cref="LocalZureException">NameConflict when one of them is at work on the service's data.</exception>
    public static void Run(DesiredService desired, ObservedState observed, IProgress<LifecycleEvent> events)
    {
        var data = desired.Mounts.Where(mount => mount is { BindSource: null, IsInMemory: false }).Select(mount => desired.Key.VolumeName(mount.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var container in observed.Foreign)
        {
            if (ContainerLabels.KeyOf(container.Labels) != desired.Key)
            {
                continue;
            }

            if (IsAlive(container) && container.Mounts.FirstOrDefault(mount => mount.Kind == MountKind.Volume && data.Contains(mount.Name)) is { } shared)
            {
                throw new LocalZureException(
                    ErrorCode.NameConflict,
                    $"The container '{container.Name}' has the labels of {desired.Key} under another name, and uses its data, the volume '{shared.Name}'.",
                    $"Give it its name back with 'docker rename {container.Name} {desired.Key.ContainerName}', stop it with 'docker stop {container.Name}', or use -Instance for a copy with data of its own.")
                { Service = desired.Key.Name, Instance = desired.Key.Instance };
            }

            events.Report(Tell(container));
        }
    }

    /// <summary>What is told of one.</summary>
    public static LifecycleEvent Tell(ContainerSummary container)
    {
        var key = ContainerLabels.KeyOf(container.Labels);
        var message = $"The container '{container.Name}' has the labels of {key?.ToString() ?? "a service"}{(key is null ? "" : $" but not its name '{key.Value.ContainerName}'")}: it was renamed, or made from an image with these labels. It is left alone.";

        // An image that an earlier version has built for a service gives its labels to all that is run from it.
        return Labels.ValueOf(container.Labels, Labels.Operation) is null ? new Noted(container.Name, message) : new Degraded(container.Name, message);
    }

    private static bool IsAlive(ContainerSummary container) => container.State is ContainerState.Running or ContainerState.Restarting or ContainerState.Paused;
}
