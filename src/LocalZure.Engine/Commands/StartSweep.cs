using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Orphans;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>
/// Removes on the way of a start what died starts and ended lifetimes have left, and gives what a died start was about to replace its
/// name back. What is about to be started anyway is left to its own start, which replaces it.
/// </summary>
internal sealed class StartSweep
{
    private readonly LifecycleServices _services;
    private readonly HostServices _host;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="services">What all starts share.</param>
    /// <param name="host">What host mode needs.</param>
    /// <param name="events">Told what is removed and what could not be.</param>
    public StartSweep(LifecycleServices services, HostServices host, IProgress<LifecycleEvent> events)
    {
        _services = services;
        _host = host;
        _events = events;
    }

    /// <summary>Removes what has no reason to exist any more.</summary>
    /// <param name="desired">What is about to be started.</param>
    /// <param name="observation">What there is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task RunAsync(IReadOnlyList<DesiredService> desired, Observation observation, CancellationToken cancellationToken)
    {
        foreach (var id in DeadStarts.WithoutTrace(observation.State, withContainers: observation.Runtime is not null))
        {
            _services.Operations.Complete(id);
        }

        var names = desired.Select(service => service.Key.ContainerName).ToHashSet(StringComparer.Ordinal);
        var finder = new OrphanFinder(observation.State, OwnerIdentity.Judge, _services.Time.GetUtcNow());
        if (observation.Runtime is { } engine)
        {
            await new NameReturn(engine, _events).RunAsync(finder.FindWithoutName(), cancellationToken).ConfigureAwait(false);
        }

        var orphans = finder.FindServices().Where(orphan => !names.Contains(orphan.Name) && orphan.Kind is OrphanKinds.Container or OrphanKinds.Process).ToList();
        if (orphans.Count == 0)
        {
            return;
        }

        var remover = new OrphanRemover(observation, _host, new HostStopper(_host, _services.Time, _events), _events);
        await remover.RemoveAsync(Noted(orphans), cancellationToken).ConfigureAwait(false);
        if (observation.Runtime is { } runtime)
        {
            // The networks that they were the last in; that of this start is looked for by the start itself.
            var networks = finder.FindNetworks(await runtime.ListNetworksAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false))
                .Where(network => desired.All(service => service.Key.NetworkName != network.Name)).ToList();
            await remover.RemoveAsync(Noted(networks), cancellationToken).ConfigureAwait(false);
        }
    }

    private List<Orphan> Noted(List<Orphan> orphans)
    {
        orphans.ForEach(orphan => _events.Report(new Noted(orphan.Name, $"'{orphan.Name}' is removed: {orphan.Reason}.")));
        return orphans;
    }
}
