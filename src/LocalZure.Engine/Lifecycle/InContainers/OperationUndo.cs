using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Removes everything that one start has created. What that is, is read from the labels, so that nothing is forgotten.</summary>
internal sealed class OperationUndo
{
    private readonly IContainerRuntime _runtime;

    /// <summary>Creates one.</summary>
    public OperationUndo(IContainerRuntime runtime) => _runtime = runtime;

    /// <summary>Removes the containers and new volumes of a start, and the network when nothing is left in it.</summary>
    public async Task UndoAsync(ServiceKey key, StartOperation operation, CancellationToken cancellationToken)
    {
        List<string> labels = [.. Labels.OnlyManaged, $"{Labels.Operation}={operation.Id}"];
        var own = new OwnContainers(_runtime);
        foreach (var container in await _runtime.ListContainersAsync(labels, includeStopped: true, cancellationToken).ConfigureAwait(false))
        {
            await own.RemoveAsync(container.Id, cancellationToken).ConfigureAwait(false);
        }

        var volumes = await _runtime.ListVolumesAsync(labels, cancellationToken).ConfigureAwait(false);
        foreach (var volume in volumes.Where(Ownership.IsOurs))
        {
            await RemoveUnlessInUseAsync(volume.Name, cancellationToken).ConfigureAwait(false);
        }

        if (!await IsNetworkWantedAsync(key, cancellationToken).ConfigureAwait(false))
        {
            await new NetworkKeeper(_runtime).RemoveIfUnusedAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    // A container that another start has created and is about to start does not count as one in the network yet.
    private async Task<bool> IsNetworkWantedAsync(ServiceKey key, CancellationToken cancellationToken)
    {
        var containers = await _runtime.ListContainersAsync(Labels.OnlyManaged, includeStopped: true, cancellationToken).ConfigureAwait(false);
        return containers.Any(container => container.Networks.Contains(key.NetworkName));
    }

    private async Task RemoveUnlessInUseAsync(string volume, CancellationToken cancellationToken)
    {
        try
        {
            await _runtime.RemoveVolumeAsync(volume, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.InUse)
        {
            // Another start has taken it over; it is that one's now.
        }
    }
}
