using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Empties the data volumes of a container that has just been removed. Only volumes of the service itself are touched.</summary>
internal sealed class DataVolumes
{
    private readonly IContainerRuntime _runtime;
    private readonly ServiceKey _key;
    private readonly string _operation;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="key">The service.</param>
    /// <param name="operation">The id of the reset. The new volumes carry it, which tells that their data is fresh.</param>
    /// <param name="events">Told what is left as it is.</param>
    public DataVolumes(IContainerRuntime runtime, ServiceKey key, string operation, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _key = key;
        _operation = operation;
        _events = events;
    }

    /// <summary>Whether a volume is one of a service itself.</summary>
    public static bool IsOf(VolumeSummary volume, ServiceKey key) => Ownership.IsOurs(volume) && ContainerLabels.KeyOf(volume.Labels) == key;

    /// <summary>Removes them and creates them again.</summary>
    /// <param name="container">The container as it was.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="LocalZureException">A volume is used by somebody else too, or the runtime is in trouble; that volume is as it was.</exception>
    public async Task EmptyAsync(ContainerDetails container, CancellationToken cancellationToken)
    {
        var takenOver = AnonymousVolumes.TakenOverBy(container);
        foreach (var mount in container.Mounts)
        {
            if (takenOver.Contains(mount.Name, StringComparer.Ordinal))
            {
                // Made again, empty, by the engine for the container that mounts it.
                await _runtime.RemoveVolumeAsync(mount.Name, cancellationToken).ConfigureAwait(false);
            }
            else if (mount.Kind == MountKind.Bind)
            {
                Skip($"the folder '{mount.Source}', which was mounted at '{mount.Target}'");
            }
            else if (mount.Kind == MountKind.Volume && await _runtime.InspectVolumeAsync(mount.Name, cancellationToken).ConfigureAwait(false) is { } volume)
            {
                await EmptyAsync(volume, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task EmptyAsync(VolumeSummary volume, CancellationToken cancellationToken)
    {
        if (!IsOf(volume, _key))
        {
            Skip($"the volume '{volume.Name}', which is not its own");
            return;
        }

        await _runtime.RemoveVolumeAsync(volume.Name, cancellationToken).ConfigureAwait(false);
        await _runtime.CreateVolumeAsync(volume.Name, new Dictionary<string, string>(volume.Labels) { [Labels.Operation] = _operation }, cancellationToken).ConfigureAwait(false);
    }

    private void Skip(string what) => _events.Report(new Degraded(_key.ContainerName, $"{_key} keeps {what}, as it is: only data of LocalZure's own is emptied."));
}
