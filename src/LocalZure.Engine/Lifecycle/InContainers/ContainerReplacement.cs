using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>
/// Keeps the container that a start replaces until its successor is usable. The old one gives up its name, is stopped right
/// before the new one starts, and comes back when the new one does not come up.
/// </summary>
internal sealed class ContainerReplacement
{
    /// <summary>How often the old one is given its name and started again: with pauses that grow, for a little over two seconds.</summary>
    private const int Attempts = 10;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the old one may take to be usable again before the failure is told.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly IContainerRuntime _runtime;
    private readonly TimeProvider _time;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly DesiredService _desired;
    private readonly ContainerReadiness _readiness;
    private readonly ServiceKey _key;
    private readonly string _id;
    private ContainerDetails? _old;
    private bool _isSetAside;
    private bool _wasStopped;

    /// <summary>Creates one. Nothing happens yet.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="time">The clock.</param>
    /// <param name="events">Told what happens.</param>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="id">The old container.</param>
    /// <param name="readiness">Waits until the old one is usable again.</param>
    public ContainerReplacement(IContainerRuntime runtime, TimeProvider time, IProgress<LifecycleEvent> events, DesiredService desired, string id, ContainerReadiness readiness)
    {
        _desired = desired;
        _readiness = readiness;
        _runtime = runtime;
        _time = time;
        _events = events;
        _key = desired.Key;
        _id = id;
    }

    /// <summary>The old container.</summary>
    public string Id => _id;

    /// <summary>The old container as it was before it was replaced; null when it is gone.</summary>
    public async Task<ContainerDetails?> ReadAsync(CancellationToken cancellationToken) =>
        _old ??= await _runtime.InspectContainerAsync(_id, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes the old container's name from it. It goes on running.</summary>
    public async Task SetAsideAsync(StartOperation operation, CancellationToken cancellationToken)
    {
        // Not cut off: a rename that is may still happen, and nobody would take it back.
        cancellationToken.ThrowIfCancellationRequested();
        _isSetAside = true;
        _isSetAside = await _runtime.RenameContainerAsync(_id, Ownership.SetAsideName(_key, operation.Id), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Ends the old container politely, so that its ports and its data are free. Does nothing the second time.</summary>
    public async Task StopOldAsync(CancellationToken cancellationToken)
    {
        if (!_isSetAside || _wasStopped)
        {
            return;
        }

        var details = await _runtime.InspectContainerAsync(_id, cancellationToken).ConfigureAwait(false);
        if (details is { State: ContainerState.Running or ContainerState.Restarting or ContainerState.Paused })
        {
            _wasStopped = true;
            await new ContainerStopper(_runtime, _time, _events).StopAsync(_id, null, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Removes the old container: the new one has taken its place. It stays when it has volumes that would go with it and that the
    /// one in its place has not taken over: then with its name when nothing has that, else with the one that it was set aside by.
    /// </summary>
    public async Task DiscardAsync(CancellationToken cancellationToken)
    {
        if (!_isSetAside || await ReadAsync(cancellationToken).ConfigureAwait(false) is not { } old)
        {
            return;
        }

        if (AnonymousVolumes.AreAmong(old.Mounts))
        {
            var successor = await _runtime.InspectContainerAsync(_key.ContainerName, cancellationToken).ConfigureAwait(false);
            if (!AnonymousVolumes.AreTakenOver(old.Mounts, successor?.Mounts))
            {
                await KeepAsync(successor is null, cancellationToken).ConfigureAwait(false);
                return;
            }
        }

        // It was found to be ours before its name was taken from it.
        await new OwnContainers(_runtime).RemoveAsync(old, cancellationToken).ConfigureAwait(false);
        _isSetAside = false;
    }

    private async Task KeepAsync(bool hasNoSuccessor, CancellationToken cancellationToken)
    {
        if (hasNoSuccessor)
        {
            await RenameBackAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (await new ContainerStopper(_runtime, _time, _events).StopAsync(_id, null, null, cancellationToken).ConfigureAwait(false) is { } left)
        {
            _events.Report(new Degraded(
                _key.ContainerName,
                $"The container '{left.Name}', in whose place another start has made {_key}, is kept: it has volumes without a name whose data is nowhere else. "
                + $"Remove it with 'docker rm -v {left.Name}' if that is not needed."));
        }

        _isSetAside = false;
    }

    /// <summary>Gives the old container its name back and starts it again if it ran, unless another start has taken the name.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (!_isSetAside)
        {
            return;
        }

        var isThere = await TryTakeNameBackAsync(cancellationToken).ConfigureAwait(false);
        if (isThere is null)
        {
            await DiscardAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        _isSetAside = false;
        if (isThere.Value && _wasStopped)
        {
            // It may still be ending: a container that runs cannot be started.
            await new ContainerStopper(_runtime, _time, _events).StopAsync(_id, null, null, cancellationToken).ConfigureAwait(false);
            await StartOldAsync(cancellationToken).ConfigureAwait(false);
            await TellAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Whether the old one is there with its name; null when another container has that. An engine gives a name back a moment
    // after the container that had it is gone.
    private async Task<bool?> TryTakeNameBackAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RenameBackAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.Conflict && attempt < Attempts)
            {
                if (await _runtime.InspectContainerAsync(_key.ContainerName, cancellationToken).ConfigureAwait(false) is not null)
                {
                    return null;
                }

                await Task.Delay(ShortestPause * attempt, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // An engine may still be busy with its end, or with giving back the ports of the one that failed.
    private async Task StartOldAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await _runtime.StartContainerAsync(_id, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ContainerRuntimeException e) when (e.Failure is not (RuntimeFailure.Conflict or RuntimeFailure.ContainerMissing) && attempt < Attempts)
            {
                await Task.Delay(ShortestPause * attempt, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A failed rename may have happened, or not.
    private async Task<bool> RenameBackAsync(CancellationToken cancellationToken) =>
        await _runtime.InspectContainerAsync(_id, cancellationToken).ConfigureAwait(false) is { } old
        && (old.Name == _key.ContainerName || await _runtime.RenameContainerAsync(_id, _key.ContainerName, cancellationToken).ConfigureAwait(false));

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        if (await _runtime.InspectContainerAsync(_id, cancellationToken).ConfigureAwait(false) is not { State: ContainerState.Running } old)
        {
            _events.Report(new Degraded(_key.ContainerName, $"{_key} was started again as it was before, but does not run."));
            return;
        }

        var again = _desired with { StartTimeout = LongestWait };
        var readiness = await _readiness.WaitAsync(again, ContainerServiceMapper.Map(old, ObservedStates.Nothing), cancellationToken).ConfigureAwait(false);
        _events.Report(new Degraded(_key.ContainerName, readiness.Outcome == Readiness.Ready
            ? $"{_key} runs again as it did before."
            : $"{_key} was started again as it was before, but is not usable yet."));
    }
}
