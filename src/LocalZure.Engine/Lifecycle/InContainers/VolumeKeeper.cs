using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Creates and removes the data volumes of services.</summary>
internal sealed class VolumeKeeper
{
    private readonly IContainerRuntime _runtime;

    /// <summary>Creates one.</summary>
    public VolumeKeeper(IContainerRuntime runtime) => _runtime = runtime;

    /// <summary>Makes sure that a service's volumes exist, and answers with those that this start has created.</summary>
    /// <exception cref="LocalZureException">NameConflict when a volume that is not ours, or is another service's, has the name.</exception>
    public async Task<IReadOnlyList<string>> EnsureAsync(DesiredService service, StartOperation operation, CancellationToken cancellationToken)
    {
        List<string> created = [];
        foreach (var mount in service.Mounts.Where(mount => mount is { BindSource: null, IsInMemory: false }))
        {
            // Let finish: a creation that is cut off may still happen, after the clean-up has looked.
            cancellationToken.ThrowIfCancellationRequested();
            var name = service.Key.VolumeName(mount.Name);
            var volume = await _runtime.CreateVolumeAsync(name, ContainerLabels.ForVolume(service.Key, mount.Name, operation), CancellationToken.None).ConfigureAwait(false);
            Check(service.Key, mount.Name, volume);

            if (volume.Labels.GetValueOrDefault(Labels.Operation) == operation.Id)
            {
                created.Add(name);
            }
        }

        return created;
    }

    // Two pairs of service and volume can give one name: x with the volume y-data, and x-y with the volume data.
    private static void Check(ServiceKey key, string name, VolumeSummary volume)
    {
        if (!Ownership.IsOurs(volume))
        {
            throw new LocalZureException(
                ErrorCode.NameConflict,
                $"A volume named '{key.VolumeName(name)}' exists that LocalZure did not create.",
                "Use -Instance to start a copy under another name, or remove that volume if its data is not needed.")
            { Service = key.Name, Instance = key.Instance };
        }

        var owner = ContainerLabels.KeyOf(volume.Labels)!.Value;
        var owned = Labels.ValueOf(volume.Labels, Labels.Volume)!;
        if (owner != key || owned != name)
        {
            throw new LocalZureException(
                ErrorCode.NameConflict,
                $"The volume '{name}' of {key} would be named '{key.VolumeName(name)}', but that is the name of the volume '{owned}' of {owner}.",
                "Choose another instance name, or another name for the volume.")
            { Service = key.Name, Instance = key.Instance };
        }
    }

    /// <summary>The volumes that hold a service's data.</summary>
    public async Task<IReadOnlyList<VolumeSummary>> FindAsync(ServiceKey key, CancellationToken cancellationToken)
    {
        var volumes = await _runtime.ListVolumesAsync([.. Labels.OnlyManaged, $"{Labels.Service}={key.Name}"], cancellationToken).ConfigureAwait(false);
        return volumes.Where(volume => Ownership.IsOurs(volume) && ContainerLabels.KeyOf(volume.Labels) == key).ToList();
    }
}
