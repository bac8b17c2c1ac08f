using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Orphans;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>Finds and removes orphans.</summary>
internal sealed class OrphanCommand
{
    private static readonly TimeSpan EnvironmentLockLimit = TimeSpan.FromSeconds(30);

    private readonly RuntimeProvider _runtimes;
    private readonly LifecycleServices _services;
    private readonly HostServices _host;
    private readonly EnvironmentUses _environments;

    /// <summary>Creates one.</summary>
    public OrphanCommand(RuntimeProvider runtimes, LifecycleServices services, HostServices host, EnvironmentUses environments)
    {
        _environments = environments;
        _runtimes = runtimes;
        _services = services;
        _host = host;
    }

    /// <summary>Finds orphans that are at least so old.</summary>
    public async Task<IReadOnlyList<Orphan>> FindAsync(TimeSpan? olderThan, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        var finder = new OrphanFinder(observation.State, OwnerIdentity.Judge, _services.Time.GetUtcNow());
        List<Orphan> orphans = [.. finder.FindServices(), .. finder.FindFiles(), .. FindOldLogs(), .. await FindEnvironmentsAsync(cancellationToken).ConfigureAwait(false)];
        if (observation.Runtime is { } runtime)
        {
            // Who uses an environment of another home is noted there.
            var home = await _services.HomeIdentity.FindAsync(cancellationToken).ConfigureAwait(false);
            var volumes = await runtime.ListVolumesAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false);
            orphans.AddRange(finder.FindVolumes(volumes.Where(volume => ContainerLabels.AreEphemeralOf(volume.Labels, home)).ToList(), _services.EnvironmentUsers.Knows));
            var networks = finder.FindNetworks(await runtime.ListNetworksAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false));
            orphans.AddRange(await WithoutUsedAsync(networks, runtime, observation.State, cancellationToken).ConfigureAwait(false));
        }
        else
        {
            events.Report(new Degraded(null, $"Only host processes were looked at: {observation.DockerFailure!.Message}"));
        }

        var youngest = _services.Time.GetUtcNow() - (olderThan ?? TimeSpan.Zero);
        return orphans.Where(orphan => orphan.CreatedAt is null || orphan.CreatedAt <= youngest).ToList();
    }

    /// <summary>Removes orphans, and the notes of starts and resets that died and have left nothing.</summary>
    public async Task<IReadOnlyList<Orphan>> RemoveAsync(IReadOnlyList<Orphan> orphans, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        // Whole ones first; what they consist of may be among the others.
        var environments = await Task.WhenAll(orphans.Where(IsEnvironment).Select(orphan => RemoveEnvironmentAsync(orphan, events, cancellationToken))).ConfigureAwait(false);
        var remover = new OrphanRemover(observation, _host, new HostStopper(_host, _services.Time, events), events);
        var removed = await remover.RemoveAsync(orphans.Where(orphan => !IsEnvironment(orphan)).ToList(), cancellationToken).ConfigureAwait(false);
        if (observation.Runtime is { } runtime)
        {
            var finder = new OrphanFinder(observation.State, OwnerIdentity.Judge, _services.Time.GetUtcNow());
            await new NameReturn(runtime, events).RunAsync(finder.FindWithoutName(), cancellationToken).ConfigureAwait(false);
        }

        await ForgetDeadStartsAsync(cancellationToken).ConfigureAwait(false);
        if (observation.Runtime is { } engine)
        {
            await new LeftResets(engine, _services).ForgetAsync(cancellationToken).ConfigureAwait(false);
        }

        return [.. environments, .. removed];
    }

    private IEnumerable<Orphan> FindOldLogs() => _services.FailedLogs.FindOld(_services.Time.GetUtcNow()).Select(log =>
        new Orphan(OrphanKinds.File, log.Path, "", log.Key.Name, log.Key.Instance, $"the output of a failed start is kept for {FailedLogs.MaxAge.TotalDays:0} days", log.KeptAt, false));

    // A container of somebody else's may be in a network of ours.
    private static async Task<IReadOnlyList<Orphan>> WithoutUsedAsync(IReadOnlyList<Orphan> networks, IContainerRuntime runtime, ObservedState observed, CancellationToken cancellationToken)
    {
        var ours = observed.Containers.Concat(observed.SetAside).Select(container => container.Id).ToHashSet(StringComparer.Ordinal);
        var inspected = await Task.WhenAll(networks.Select(network => runtime.InspectNetworkAsync(network.Id, cancellationToken))).ConfigureAwait(false);
        return networks.Where((_, index) => inspected[index]?.ContainerIds.All(ours.Contains) ?? false).ToList();
    }

    private static bool IsEnvironment(Orphan orphan) => orphan.Kind == OrphanKinds.Environment;

    private async Task<IEnumerable<Orphan>> FindEnvironmentsAsync(CancellationToken cancellationToken) =>
        (await _environments.FindAbandonedAsync(cancellationToken).ConfigureAwait(false)).Select(environment =>
            new Orphan(OrphanKinds.Environment, environment.Name, "", null, environment.Name, "nobody uses it any more", environment.Since, false));

    private async Task<Orphan> RemoveEnvironmentAsync(Orphan orphan, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await _environments.RemoveAbandonedAsync(orphan.Name, EnvironmentLockLimit, events, cancellationToken).ConfigureAwait(false);
            return orphan with { Removed = true };
        }
        catch (Exception e) when (e is LocalZureException or IOException or UnauthorizedAccessException)
        {
            events.Report(new Degraded(null, $"The environment '{orphan.Name}' could not be removed: {e.Message}"));
            return orphan;
        }
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
