using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>
/// Looks at a container right before something is done to it: neither an id nor a name nor labels alone say that it is ours. With a
/// container go the volumes without a name that it has taken over.
/// </summary>
internal sealed class OwnContainers
{
    private readonly IContainerRuntime _runtime;

    /// <summary>Creates one.</summary>
    public OwnContainers(IContainerRuntime runtime) => _runtime = runtime;

    /// <summary>A container of ours; null when it is gone or is not ours.</summary>
    /// <param name="idOrName">The container.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<ContainerDetails?> FindAsync(string idOrName, CancellationToken cancellationToken) =>
        await _runtime.InspectContainerAsync(idOrName, cancellationToken).ConfigureAwait(false) is { } container
        && await IsOursAsync(container, cancellationToken).ConfigureAwait(false) ? container : null;

    /// <summary>Whether a container is ours by its name and by labels that it has not got from its image.</summary>
    public async Task<bool> IsOursAsync(ContainerDetails container, CancellationToken cancellationToken) =>
        Ownership.IsOurs(container) && !await IsInheritedAsync(container, cancellationToken).ConfigureAwait(false);

    /// <summary>Sees to it that a container which has the name and the labels of a service is that service's.</summary>
    /// <exception cref="LocalZureException">NameConflict when it has got its labels from its image.</exception>
    public async Task CheckAsync(ServiceKey key, ContainerDetails container, CancellationToken cancellationToken)
    {
        if (!await IsOursAsync(container, cancellationToken).ConfigureAwait(false))
        {
            throw Conflict(key, container);
        }
    }

    /// <summary>The error of a start whose container's name is taken by what is not ours.</summary>
    public static LocalZureException Conflict(ServiceKey key, ContainerDetails holder) => new(
        ErrorCode.NameConflict,
        $"A container named '{key.ContainerName}' exists that LocalZure did not create (image {holder.Image}, id {holder.Id[..12]}).",
        $"Use -Instance to start a copy under another name, or remove that container with 'docker rm -f {key.ContainerName}' if it is not needed.")
    { Service = key.Name, Instance = key.Instance };

    /// <summary>Removes a container of ours with what goes with it.</summary>
    /// <param name="id">The container.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether it is gone: false when it is not ours, and stays.</returns>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => RemoveAsync(id, null, cancellationToken);

    /// <summary>Removes a container of ours with what goes with it, while it has a name.</summary>
    /// <param name="id">The container.</param>
    /// <param name="name">The name that it must still have; null for whatever it is named.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether it is gone: false when it is not ours or has another name, and stays.</returns>
    public async Task<bool> RemoveAsync(string id, string? name, CancellationToken cancellationToken)
    {
        if (await _runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false) is not { } container)
        {
            return true;
        }

        if ((name is not null && container.Name != name) || !await IsOursAsync(container, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await RemoveAsync(container, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Removes a container that was just found to be ours, with what goes with it.</summary>
    public async Task RemoveAsync(ContainerDetails container, CancellationToken cancellationToken)
    {
        await _runtime.RemoveContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        foreach (var volume in AnonymousVolumes.TakenOverBy(container))
        {
            try
            {
                await _runtime.RemoveVolumeAsync(volume, cancellationToken).ConfigureAwait(false);
            }
            catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.InUse)
            {
                // The one that it was taken over from, or that has taken it over, is still there.
            }
        }
    }

    private async Task<bool> IsInheritedAsync(ContainerDetails container, CancellationToken cancellationToken) =>
        container.ImageId.Length > 0
        && Ownership.IsInherited(container.Labels, await _runtime.InspectImageAsync(container.ImageId, cancellationToken).ConfigureAwait(false));
}
