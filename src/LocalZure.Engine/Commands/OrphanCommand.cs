using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Orphans;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>Finds and removes orphans.</summary>
internal sealed class OrphanCommand
{
    private readonly RuntimeProvider _runtimes;
    private readonly LifecycleServices _services;
    private readonly HostServices _host;

    /// <summary>Creates one.</summary>
    public OrphanCommand(RuntimeProvider runtimes, LifecycleServices services, HostServices host)
    {
        _runtimes = runtimes;
        _services = services;
        _host = host;
    }

    /// <summary>Finds orphans that are at least so old.</summary>
    public async Task<IReadOnlyList<Orphan>> FindAsync(TimeSpan? olderThan, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        var finder = new OrphanFinder(observation.State, OwnerIdentity.Judge, _services.Time.GetUtcNow());
        List<Orphan> orphans = [.. finder.FindServices(), .. finder.FindFiles()];
        if (observation.Runtime is { } runtime)
        {
            orphans.AddRange(finder.FindNetworks(await runtime.ListNetworksAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false)));
        }
        else
        {
            events.Report(new Degraded(null, $"Only host processes were looked at: {observation.DockerFailure!.Message}"));
        }

        var youngest = _services.Time.GetUtcNow() - (olderThan ?? TimeSpan.Zero);
        return orphans.Where(orphan => orphan.CreatedAt is null || orphan.CreatedAt <= youngest).ToList();
    }

    /// <summary>Removes orphans, and the notes of starts that died and have left nothing.</summary>
    public async Task<IReadOnlyList<Orphan>> RemoveAsync(IReadOnlyList<Orphan> orphans, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        var remover = new OrphanRemover(observation, _host, new HostStopper(_host, _services.Time, events), events);
        var removed = await remover.RemoveAsync(orphans, cancellationToken).ConfigureAwait(false);
        await ForgetDeadStartsAsync(cancellationToken).ConfigureAwait(false);
        return removed;
    }

    private async Task ForgetDeadStartsAsync(CancellationToken cancellationToken)
    {
        var observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        foreach (var id in DeadStarts.WithoutTrace(observation.State, withContainers: observation.Runtime is not null))
        {
            _services.Operations.Complete(id);
        }
    }
}
