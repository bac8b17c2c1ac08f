using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Lifecycle.Orphans;

/// <summary>Removes orphans, one failure not standing in the way of the others.</summary>
internal sealed class OrphanRemover
{
    /// <summary>As many as the docker command line removes at once.</summary>
    private const int AtOnce = 50;

    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(10);

    private readonly IContainerRuntime? _runtime;
    private readonly HashSet<string> _ours;
    private readonly HostServices _host;
    private readonly HostStopper _stopper;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="observation">A fresh snapshot with its runtime.</param>
    /// <param name="host">What host mode needs.</param>
    /// <param name="stopper">Ends host processes.</param>
    /// <param name="events">Told what could not be removed.</param>
    public OrphanRemover(Observation observation, HostServices host, HostStopper stopper, IProgress<LifecycleEvent> events)
    {
        _runtime = observation.Runtime;
        _ours = observation.State.Containers.Concat(observation.State.SetAside)
            .Select(container => container.Id)
            .ToHashSet(StringComparer.Ordinal);
        _host = host;
        _stopper = stopper;
        _events = events;
    }

    /// <summary>Removes them, volumes and networks last since containers use them. Each comes back with whether it is gone.</summary>
    public async Task<IReadOnlyList<Orphan>> RemoveAsync(IReadOnlyList<Orphan> orphans, CancellationToken cancellationToken)
    {
        var removed = new Orphan[orphans.Count];
        foreach (var isUsed in new[] { false, true })
        {
            var indices = Enumerable.Range(0, orphans.Count).Where(index => IsUsedByContainers(orphans[index]) == isUsed);
            await Parallel.ForEachAsync(
                indices,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (index, token) => removed[index] = orphans[index] with { Removed = await TryRemoveAsync(orphans[index], token).ConfigureAwait(false) }).ConfigureAwait(false);
        }

        await ForgetHooksAsync(removed, cancellationToken).ConfigureAwait(false);
        return removed;
    }

    private async Task ForgetHooksAsync(IEnumerable<Orphan> removed, CancellationToken cancellationToken)
    {
        var keys = removed.Where(orphan => orphan is { Kind: OrphanKinds.Container, Removed: true, Service: not null }).Select(orphan => new ServiceKey(orphan.Service!, orphan.Instance)).ToHashSet();
        if (_runtime is null)
        {
            return;
        }

        try
        {
            await SeedVolumes.ForgetAsync(_runtime, keys, cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e)
        {
            _events.Report(new Degraded(null, $"The memory of the init hooks of what was removed is still there: {e.Message}"));
        }
    }

    private static bool IsUsedByContainers(Orphan orphan) => orphan.Kind is OrphanKinds.Network or OrphanKinds.Volume;

    private async Task<bool> TryRemoveAsync(Orphan orphan, CancellationToken cancellationToken)
    {
        try
        {
            return await RemoveAsync(orphan, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is LocalZureException or IOException or UnauthorizedAccessException)
        {
            _events.Report(new Degraded(orphan.Name, $"The {orphan.Kind.ToLowerInvariant()} '{orphan.Name}' could not be removed: {e.Message}"));
            return false;
        }
    }

    private Task<bool> RemoveAsync(Orphan orphan, CancellationToken cancellationToken) => orphan.Kind switch
    {
        OrphanKinds.Container => RemoveContainerAsync(orphan, cancellationToken),
        OrphanKinds.Network => RemoveNetworkAsync(orphan.Id, cancellationToken),
        OrphanKinds.Volume => RemoveVolumeAsync(orphan.Name, cancellationToken),
        OrphanKinds.File => RemoveFileAsync(orphan.Name, cancellationToken),
        _ => RemoveProcessAsync(orphan, cancellationToken),
    };

    // The list that found it may be old, and its user, or the start that was replacing it, may have given it another name since.
    // Gone already is as good as removed.
    private Task<bool> RemoveContainerAsync(Orphan orphan, CancellationToken cancellationToken) =>
        new OwnContainers(Runtime()).RemoveAsync(orphan.Id, orphan.Name, cancellationToken);

    private async Task<bool> RemoveNetworkAsync(string id, CancellationToken cancellationToken)
    {
        if (await Runtime().InspectNetworkAsync(id, cancellationToken).ConfigureAwait(false) is not { } network)
        {
            return true;
        }

        if (!Ownership.IsOurs(network))
        {
            return false;
        }

        if (network.ContainerIds.Any(id => !_ours.Contains(id)))
        {
            _events.Report(new Noted(null, $"The network '{network.Name}' stays: a container that LocalZure did not create is in it."));
            return false;
        }

        await Runtime().RemoveNetworkAsync(network.Id, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // Looked at again: unlike an id, its name may be that of another volume by now.
    private async Task<bool> RemoveVolumeAsync(string name, CancellationToken cancellationToken)
    {
        if (await Runtime().InspectVolumeAsync(name, cancellationToken).ConfigureAwait(false) is not { } volume)
        {
            return true;
        }

        if (!Ownership.IsOurs(volume) || !ContainerLabels.AreEphemeral(volume.Labels))
        {
            return false;
        }

        await Runtime().RemoveVolumeAsync(name, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> RemoveProcessAsync(Orphan orphan, CancellationToken cancellationToken)
    {
        var held = await _host.Registry.LockAsync(orphan.Name, LockLimit, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            if (await _host.Registry.ReadAsync(orphan.Name, cancellationToken).ConfigureAwait(false) is not { } entry)
            {
                return true;
            }

            entry = entry with { Process = entry.Process ?? _host.Runner.FindByLogDirectory(entry.LogDirectory) };
            if ((entry.Process?.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "") != orphan.Id)
            {
                // Somebody else has taken the name in the meantime.
                return true;
            }

            await _stopper.EndAsync(entry, null, cancellationToken).ConfigureAwait(false);
            await _host.ForgetAsync(entry).ConfigureAwait(false);
            return true;
        }
    }

    // What the file of a host process stood for is found by its log folder.
    private async Task<bool> RemoveFileAsync(string path, CancellationToken cancellationToken)
    {
        if (!_host.Registry.IsEntry(path))
        {
            File.Delete(path);
            return true;
        }

        var name = Path.GetFileNameWithoutExtension(path);
        var held = await _host.Registry.LockAsync(name, LockLimit, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            await _stopper.EndFoundAsync(_host.Paths.Log(name), name, cancellationToken).ConfigureAwait(false);
            File.Delete(path);
            return true;
        }
    }

    private IContainerRuntime Runtime() => _runtime
        ?? throw new LocalZureException(ErrorCode.DockerUnavailable, "Docker, which was there a moment ago, is not any more.");
}
