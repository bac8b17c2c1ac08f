using LocalZure.Engine.Containers;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Keeps one network per instance, however many starts want it at once.</summary>
internal sealed class NetworkKeeper
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(30);

    private readonly IContainerRuntime _runtime;

    /// <summary>Creates one.</summary>
    public NetworkKeeper(IContainerRuntime runtime) => _runtime = runtime;

    /// <summary>Makes sure that there is exactly one network of the instance.</summary>
    /// <param name="key">The service that will join it.</param>
    /// <param name="operation">The start that wants it.</param>
    /// <param name="lockFile">A file that starts of this machine lock while they create the network.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="LocalZureException">NameConflict when a network that is not ours has the name.</exception>
    public async Task EnsureAsync(ServiceKey key, StartOperation operation, string lockFile, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is null)
        {
            var held = await FileLock.AcquireAsync(lockFile, LockLimit, time, cancellationToken).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                await CreateUnlessThereAsync(key, operation, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task CreateUnlessThereAsync(ServiceKey key, StartOperation operation, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is not null)
        {
            return;
        }

        // Let finish: a creation that is cut off may still happen, after the clean-up has looked.
        cancellationToken.ThrowIfCancellationRequested();
        string created;
        try
        {
            created = await _runtime.CreateNetworkAsync(key.NetworkName, ContainerLabels.ForNetwork(key.Instance, operation), CancellationToken.None).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.Conflict)
        {
            await CheckOursAsync(key, cancellationToken).ConfigureAwait(false);
            return;
        }

        await SettleAsync(key, created, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the instance's network when it is ours and nothing is in it; true when it was removed.</summary>
    public async Task<bool> RemoveIfUnusedAsync(ServiceKey key, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } network)
        {
            return false;
        }

        try
        {
            return await _runtime.RemoveNetworkAsync(network.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.InUse)
        {
            return false;
        }
    }

    // Network names are not unique: two creations at the same moment, by machines or users that share no lock, both succeed,
    // and a container cannot be started into an ambiguous name. The older one stays; who made the younger one removes it.
    private async Task SettleAsync(ServiceKey key, string created, CancellationToken cancellationToken)
    {
        var winner = await FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (winner is not null && winner.Id != created)
        {
            await _runtime.RemoveNetworkAsync(created, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<NetworkSummary?> FindAsync(ServiceKey key, CancellationToken cancellationToken)
    {
        var networks = await _runtime.ListNetworksAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false);
        return networks
            .Where(network => network.Name == key.NetworkName && Ownership.IsOurs(network))
            .OrderBy(network => network.CreatedAt)
            .ThenBy(network => network.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    // Not inspected by its name: that of two that were made at the same moment is ambiguous, until one of them goes.
    private async Task CheckOursAsync(ServiceKey key, CancellationToken cancellationToken)
    {
        var networks = await _runtime.ListNetworksAsync([], cancellationToken).ConfigureAwait(false);
        var named = networks.Where(network => network.Name == key.NetworkName).ToList();
        if (named.Count > 0 && !named.Exists(Ownership.IsOurs))
        {
            var network = named[0];
            throw new LocalZureException(
                ErrorCode.NameConflict,
                $"A network named '{key.NetworkName}' exists that LocalZure did not create ({network.Id[..12]}).",
                "Use -Instance to start a copy under another name, or remove that network.")
            { Service = key.Name, Instance = key.Instance };
        }
    }
}
