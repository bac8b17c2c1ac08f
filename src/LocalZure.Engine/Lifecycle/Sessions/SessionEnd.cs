using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Orphans;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Seeding;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.Sessions;

/// <summary>Removes what a process that has ended had started for its session. Data stays.</summary>
internal sealed class SessionEnd
{
    /// <summary>Nobody waits for the service any more, but everybody for its port: what it needs to close, and not more.</summary>
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(10);

    private readonly string _owner;
    private readonly RuntimeProvider _runtimes;
    private readonly LifecycleServices _services;
    private readonly HostServices _host;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="owner">The process that has ended, as in the label.</param>
    /// <param name="runtimes">The container runtime.</param>
    /// <param name="services">What starts and stops share.</param>
    /// <param name="host">What host mode needs.</param>
    /// <param name="events">Told what is removed.</param>
    public SessionEnd(string owner, RuntimeProvider runtimes, LifecycleServices services, HostServices host, IProgress<LifecycleEvent> events)
    {
        _owner = owner;
        _runtimes = runtimes;
        _services = services;
        _host = host;
        _events = events;
    }

    /// <summary>Removes the host processes.</summary>
    /// <returns>Whether a look that followed would find nothing: none was there now.</returns>
    /// <exception cref="LocalZureException">Something stood in the way of one of them; the others are gone.</exception>
    public async Task<bool> RemoveProcessesAsync(CancellationToken cancellationToken)
    {
        var observed = await _services.Observer.ObserveAsync(null, cancellationToken).ConfigureAwait(false);
        var owned = observed.HostProcesses.Where(process => IsOwned(process.Entry)).ToList();
        await Task.WhenAll(owned.Select(process => RemoveAsync(process.Entry.ContainerName, cancellationToken))).ConfigureAwait(false);
        if (owned.Count > 0)
        {
            return false;
        }

        Complete(observed, withContainers: false);
        return true;
    }

    /// <summary>Removes the containers and their networks.</summary>
    /// <inheritdoc cref="RemoveProcessesAsync"/>
    public async Task<bool> RemoveContainersAsync(CancellationToken cancellationToken)
    {
        var observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        var runtime = observation.Runtime ?? throw observation.DockerFailure!;
        var owned = observation.State.Containers.Concat(observation.State.SetAside).Where(container => IsOwned(container.Labels)).ToList();
        var ended = await Task.WhenAll(owned.Select(container => RemoveAsync(runtime, container, cancellationToken))).ConfigureAwait(false);
        var removed = owned.Where((_, index) => ended[index]).Select(container => ContainerLabels.KeyOf(container.Labels)).OfType<ServiceKey>().ToHashSet();
        await SeedVolumes.ForgetAsync(runtime, removed, cancellationToken).ConfigureAwait(false);
        if (removed.Count > 0 || await RemoveNetworksAsync(runtime, observation.State, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Complete(observation.State, withContainers: true);
        return true;
    }

    private async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var held = await _host.Registry.LockAsync(name, LockLimit, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            // Looked at again: another start may have taken the name in the meantime.
            if (await _host.Registry.ReadAsync(name, cancellationToken).ConfigureAwait(false) is { } entry && IsOwned(entry))
            {
                entry = entry with { Process = entry.Process ?? _host.Runner.FindByLogDirectory(entry.LogDirectory) };
                await new HostStopper(_host, _services.Time, _events).EndAsync(entry, GraceOf(DefinitionNote.Read(entry)), cancellationToken).ConfigureAwait(false);
                await _host.ForgetAsync(entry).ConfigureAwait(false);
                _events.Report(new Noted(name, $"The host process {name} was removed."));
            }
        }
    }

    // Whether it was removed: one that is gone already is nobody's any more, and what only has the labels of its image is left alone.
    private async Task<bool> RemoveAsync(IContainerRuntime runtime, ContainerSummary container, CancellationToken cancellationToken)
    {
        if (await new ContainerStopper(runtime, _services.Time, _events)
            .RemoveAsync(container.Id, new StopPatience(null, LongestGrace), null, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        _events.Report(new Noted(container.Name, $"The container {container.Name} was removed."));
        return true;
    }

    // Those of the owner, and of owners that were gone before it, that nothing uses any more: who of several sessions in one
    // instance ends last cannot know whose network it is. In an instance of others' the next start looks after them.
    private async Task<bool> RemoveNetworksAsync(IContainerRuntime runtime, ObservedState observed, CancellationToken cancellationToken)
    {
        var networks = await runtime.ListNetworksAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false);
        var finder = new OrphanFinder(observed, OwnerIdentity.Judge, _services.Time.GetUtcNow());
        var unused = finder.FindNetworks(networks).Select(orphan => orphan.Id).ToHashSet(StringComparer.Ordinal);
        var removed = false;
        foreach (var network in networks.Where(network => unused.Contains(network.Id) && HasEnded(network.Labels.GetValueOrDefault(Labels.Owner))))
        {
            try
            {
                removed |= await runtime.RemoveNetworkAsync(network.Id, cancellationToken).ConfigureAwait(false);
            }
            catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.InUse)
            {
                // A container of somebody else's is in it, which may stay for ever: the next start looks after it.
                _events.Report(new Noted(network.Name, $"The network {network.Name} stays: a container that LocalZure did not create is in it."));
            }
        }

        return removed;
    }

    private bool HasEnded(string? owner) => owner == _owner || OwnerIdentity.Judge(owner) == OwnerState.Dead;

    // The notes of starts that died with the owner and have left nothing.
    private void Complete(ObservedState observed, bool withContainers)
    {
        foreach (var id in DeadStarts.WithoutTrace(observed, withContainers))
        {
            _services.Operations.Complete(id);
        }
    }

    private bool IsOwned(HostProcessEntry entry) => entry.Lifetime == ServiceLifetime.Session && entry.Owner == _owner;

    private bool IsOwned(IReadOnlyDictionary<string, string> labels) =>
        ContainerLabels.LifetimeOf(labels) == ServiceLifetime.Session && labels.GetValueOrDefault(Labels.Owner) == _owner;

    private static TimeSpan GraceOf(ServiceDefinition? definition) => definition?.StopGrace is { } grace && grace < LongestGrace ? grace : LongestGrace;
}
