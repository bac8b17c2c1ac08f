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
    /// <exception cref="LocalZureException">NameConflict when a volume that is not ours has the name.</exception>
    public async Task<IReadOnlyList<string>> EnsureAsync(DesiredService service, StartOperation operation, CancellationToken cancellationToken)
    {
        List<string> created = [];
        foreach (var mount in service.Mounts.Where(mount => mount is { BindSource: null, IsInMemory: false }))
        {
            // Let finish: a creation that is cut off may still happen, after the clean-up has looked.
            cancellationToken.ThrowIfCancellationRequested();
            var name = service.Key.VolumeName(mount.Name);
            var volume = await _runtime.CreateVolumeAsync(name, ContainerLabels.ForVolume(service.Key, mount.Name, operation), CancellationToken.None).ConfigureAwait(false);
            if (!Labels.AreManaged(volume.Labels))
            {
                throw new LocalZureException(
                    ErrorCode.NameConflict,
                    $"A volume named '{name}' exists that LocalZure did not create.",
                    "Use -Instance to start a copy under another name, or remove that volume if its data is not needed.")
                { Service = service.Key.Name, Instance = service.Key.Instance };
            }

            if (volume.Labels.GetValueOrDefault(Labels.Operation) == operation.Id)
            {
                created.Add(name);
            }
        }

        return created;
    }

    /// <summary>The volumes that hold a service's data.</summary>
    public async Task<IReadOnlyList<VolumeSummary>> FindAsync(ServiceKey key, CancellationToken cancellationToken)
    {
        var volumes = await _runtime.ListVolumesAsync([.. Labels.OnlyManaged, $"{Labels.Service}={key.Name}"], cancellationToken).ConfigureAwait(false);
        return volumes.Where(volume => ContainerLabels.KeyOf(volume.Labels) == key).ToList();
    }
}
