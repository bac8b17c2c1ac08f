using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Compares what a service needs with the machine of the runtime, before anything is made there.</summary>
internal static class MachineCheck
{
    /// <summary>Two platforms: nearly every machine has one of them.</summary>
    private static readonly string[] Usual = ["linux/amd64", "linux/arm64"];

    /// <summary>Checks one service. Asks the runtime only when there is something to compare.</summary>
    /// <param name="desired">The service.</param>
    /// <param name="runtime">The runtime.</param>
    /// <param name="events">Warned when memory is short.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LocalZureException">PlatformUnsupported, unless the user has chosen the image.</exception>
    public static async Task RunAsync(DesiredService desired, IContainerRuntime runtime, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var definition = desired.Definition;
        var isPinned = desired.Image == definition.Image || desired.Image == definition.AlpineImage;
        var isPicky = isPinned && Usual.Except(definition.Platforms).Any();
        if (!isPicky && definition.MinimumMemoryBytes is null)
        {
            return;
        }

        var machine = await runtime.ReadMachineAsync(cancellationToken).ConfigureAwait(false);
        if (isPicky && !definition.Platforms.Contains(machine.Platform))
        {
            throw new LocalZureException(
                ErrorCode.PlatformUnsupported,
                $"{desired.Key} cannot run here: its image is made for {string.Join(" and ", definition.Platforms)}, and the Docker engine runs {machine.Platform}.")
            { Service = desired.Key.Name, Instance = desired.Key.Instance };
        }

        if (machine.MemoryBytes > 0 && machine.MemoryBytes < definition.MinimumMemoryBytes)
        {
            events.Report(new Degraded(
                desired.Key.ContainerName,
                $"{desired.Key} needs {definition.MinimumMemoryBytes >> 20} MiB of memory, and the Docker engine has {machine.MemoryBytes >> 20} MiB: it may not start."));
        }
    }
}
