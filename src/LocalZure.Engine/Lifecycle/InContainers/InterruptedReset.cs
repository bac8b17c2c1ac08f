using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Finishes a reset whose process died, or that failed, after the old container was removed: its settings are in the note alone.</summary>
internal sealed class InterruptedReset
{
    private readonly IContainerRuntime _runtime;
    private readonly LifecycleServices _services;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one. Nothing happens yet.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="services">What all starts share.</param>
    /// <param name="events">Told what happens.</param>
    public InterruptedReset(IContainerRuntime runtime, LifecycleServices services, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _services = services;
        _events = events;
    }

    /// <summary>Starts the container of a service again, empty and with the settings that it had, if a reset of it was interrupted.</summary>
    /// <param name="key">The service.</param>
    /// <param name="limit">How long to wait for a reset that is still under way.</param>
    /// <param name="cancellationToken">Ends the call; what is left is finished by the next one.</param>
    /// <returns>Whether there was something to do.</returns>
    /// <exception cref="LocalZureException">LockTimeout, or what stood in the way.</exception>
    public async Task<bool> FinishAsync(ServiceKey key, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!_services.Resets.Has(key))
        {
            return false;
        }

        var held = await FileLock.AcquireAsync(_services.RestartLockFile(key), limit, _services.Time, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            if (await _services.Resets.ReadAsync(key, cancellationToken).ConfigureAwait(false) is not { } note)
            {
                return true;
            }

            var existing = await _runtime.InspectContainerAsync(key.ContainerName, cancellationToken).ConfigureAwait(false);
            if (existing is null || IsUnstarted(existing, note))
            {
                _events.Report(new Degraded(key.ContainerName, $"The reset of {key} was interrupted and is finished now: it starts empty, with the settings that it had."));
                await FinishAsync(key, note, existing?.Id, cancellationToken).ConfigureAwait(false);
            }

            // Else the reset had not begun, or somebody has made the container anew since.
            _services.Resets.Forget(key);
            return true;
        }
    }

    /// <summary>Empties the volumes of a note, those that were emptied already excepted.</summary>
    /// <exception cref="LocalZureException">A volume is used by somebody else too, or the runtime is in trouble.</exception>
    private async Task EmptyAsync(ResetNote note, CancellationToken cancellationToken)
    {
        foreach (var (name, labels) in note.Volumes)
        {
            var volume = await _runtime.InspectVolumeAsync(name, cancellationToken).ConfigureAwait(false);
            if (volume?.Labels.GetValueOrDefault(Labels.Operation) == note.Operation)
            {
                continue;
            }

            if (volume is not null)
            {
                await _runtime.RemoveVolumeAsync(name, cancellationToken).ConfigureAwait(false);
            }

            var fresh = new Dictionary<string, string>(labels) { [Labels.Operation] = note.Operation };
            await _runtime.CreateVolumeAsync(name, fresh, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FinishAsync(ServiceKey key, ResetNote note, string? id, CancellationToken cancellationToken)
    {
        // In flight again, by this process: no other start takes the container for one left behind.
        var operation = new StartOperation(note.Operation, OwnerIdentity.Current.ToString(), _services.Time.GetUtcNow());
        await _services.Operations.BeginAsync(new OperationEntry(note.Operation, operation.Owner, key.Name, key.Instance, operation.StartedAt), cancellationToken).ConfigureAwait(false);
        if (id is null)
        {
            await EmptyAsync(note, cancellationToken).ConfigureAwait(false);
            var labels = new Dictionary<string, string> { [Labels.Operation] = note.Operation };
            id = await _runtime.CreateLikeAsync(note.ToBlueprint(), labels, CancellationToken.None).ConfigureAwait(false);
        }

        if (note.NeedsNetwork)
        {
            await new NetworkKeeper(_runtime).EnsureAsync(key, operation, _services.NetworkLockFile(key), _services.Time, cancellationToken).ConfigureAwait(false);
        }

        await _runtime.StartContainerAsync(id, cancellationToken).ConfigureAwait(false);
        _services.Operations.Complete(note.Operation);
    }

    private static bool IsUnstarted(ContainerDetails container, ResetNote note) =>
        container.State == ContainerState.Created && container.Id != note.Before && container.Labels.GetValueOrDefault(Labels.Operation) == note.Operation;
}
