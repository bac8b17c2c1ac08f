using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Images;
using LocalZure.Engine.Lifecycle.Planning;
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
    /// <param name="desired">The service.</param>
    /// <param name="cancellationToken">Ends the call; what is left is finished by the next one.</param>
    /// <returns>Whether there was something to do.</returns>
    /// <exception cref="LocalZureException">LockTimeout when a reset is under way for too long, or what stood in the way.</exception>
    public async Task<bool> FinishAsync(DesiredService desired, CancellationToken cancellationToken)
    {
        var key = desired.Key;
        if (!_services.Resets.Has(key))
        {
            return false;
        }

        var held = await FileLock.AcquireAsync(_services.RestartLockFile(key), desired.StartTimeout * 2, _services.Time, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            if (await ReadAsync(key, cancellationToken).ConfigureAwait(false) is not { } note)
            {
                return true;
            }

            var existing = await _runtime.InspectContainerAsync(key.ContainerName, cancellationToken).ConfigureAwait(false);
            if (await IsElsewhereAsync(key, note, existing, cancellationToken).ConfigureAwait(false))
            {
                Warn(key, $"A reset of {key} was interrupted on another container engine, and a start there finishes it. Remove '{_services.Resets.FileOf(key)}' to give it up.");
                return false;
            }

            var isMadeByIt = existing is not null && existing.Id != note.Before && existing.Labels.GetValueOrDefault(Labels.Operation) == note.Operation;
            if (existing is null || (isMadeByIt && existing.State == ContainerState.Created))
            {
                Warn(key, $"The reset of {key} was interrupted and is finished now: it starts empty, with the settings that it had.");
                await FinishAsync(desired, note, existing?.Id, cancellationToken).ConfigureAwait(false);
            }
            else if (isMadeByIt)
            {
                // It was started: of use, although the reset has died before it was usable.
                _services.Operations.Complete(note.Operation);
            }

            // Else the reset had not begun, or somebody has made the container anew since.
            _services.Resets.Forget(key);
            return true;
        }
    }

    // Whoever can write the file could have stopped the service as well: one that is spoilt stands in nobody's way.
    private async Task<ResetNote?> ReadAsync(ServiceKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await _services.Resets.ReadAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e) when (e.Code == ErrorCode.StateCorrupt)
        {
            _services.Resets.Forget(key);
            Warn(key, $"The reset of {key} was interrupted and cannot be finished, which is forgotten now: {e.Message}");
            return null;
        }
    }

    // Where no engine is told, a volume of the name that is another one tells as much, unless the container is there.
    private async Task<bool> IsElsewhereAsync(ServiceKey key, ResetNote note, ContainerDetails? existing, CancellationToken cancellationToken)
    {
        if (note.Engine is { } engine)
        {
            return (await _runtime.ReadMachineAsync(cancellationToken).ConfigureAwait(false)).Id != engine;
        }

        foreach (var (name, labels) in note.Volumes.Where(_ => existing is null))
        {
            if (await _runtime.InspectVolumeAsync(name, cancellationToken).ConfigureAwait(false) is { } volume && !IsEmptied(volume, note) && !IsAsNoted(volume, key, labels))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Empties the volumes of a note. Those that were emptied already, are others by now or are used by somebody else too stay as they are.</summary>
    /// <exception cref="LocalZureException">The runtime is in trouble.</exception>
    private async Task EmptyAsync(ServiceKey key, ResetNote note, CancellationToken cancellationToken)
    {
        foreach (var (name, labels) in note.Volumes)
        {
            var volume = await _runtime.InspectVolumeAsync(name, cancellationToken).ConfigureAwait(false);
            if (volume is not null && (IsEmptied(volume, note) || !await TryRemoveAsync(key, volume, labels, cancellationToken).ConfigureAwait(false)))
            {
                continue;
            }

            var fresh = new Dictionary<string, string>(labels) { [Labels.Operation] = note.Operation };
            await _runtime.CreateVolumeAsync(name, fresh, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryRemoveAsync(ServiceKey key, VolumeSummary volume, IReadOnlyDictionary<string, string> noted, CancellationToken cancellationToken)
    {
        if (!IsAsNoted(volume, key, noted))
        {
            Warn(key, $"{key} keeps the volume '{volume.Name}' as it is: it is not the one that was to be emptied.");
            return false;
        }

        try
        {
            await _runtime.RemoveVolumeAsync(volume.Name, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.InUse)
        {
            Warn(key, $"{key} keeps the volume '{volume.Name}' as it is: {e.Message}");
            return false;
        }
    }

    private async Task FinishAsync(DesiredService desired, ResetNote note, string? id, CancellationToken cancellationToken)
    {
        // In flight again, by this process: no other start takes the container for one left behind.
        var key = desired.Key;
        var operation = new StartOperation(note.Operation, OwnerIdentity.Current.ToString(), _services.Time.GetUtcNow());
        await _services.Operations.BeginAsync(new OperationEntry(note.Operation, operation.Owner, key.Name, key.Instance, operation.StartedAt), cancellationToken).ConfigureAwait(false);
        try
        {
            if (id is null)
            {
                await EmptyAsync(key, note, cancellationToken).ConfigureAwait(false);
                id = await CreateAsync(desired, note, cancellationToken).ConfigureAwait(false);
            }

            if (id is null)
            {
                return;
            }

            if (note.NeedsNetwork)
            {
                await new NetworkKeeper(_runtime).EnsureAsync(key, operation, _services.NetworkLockFile(key), _services.Time, cancellationToken).ConfigureAwait(false);
            }

            await _runtime.StartContainerAsync(id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _services.Operations.Complete(note.Operation);
        }
    }

    // Null when its image cannot be had any more: then it cannot be as it was.
    private async Task<string?> CreateAsync(DesiredService desired, ResetNote note, CancellationToken cancellationToken)
    {
        try
        {
            return await CreateAsync(note).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException missing) when (missing.Failure == RuntimeFailure.ImageMissing)
        {
            try
            {
                await PullAsync(desired, note, missing, cancellationToken).ConfigureAwait(false);
                return await CreateAsync(note).ConfigureAwait(false);
            }
            catch (LocalZureException e) when (e.Code is ErrorCode.ImageNotFound or ErrorCode.ImagePullFailed or ErrorCode.RegistryUnauthorized or ErrorCode.ImageArchitectureMismatch)
            {
                Warn(desired.Key, $"The settings that {desired.Key} had are lost: its image is not here any more and cannot be pulled, so that it is made by what is said now. {e.Message}");
                return null;
            }
        }
    }

    private Task<string> CreateAsync(ResetNote note) =>
        _runtime.CreateLikeAsync(note.ToBlueprint(), new Dictionary<string, string> { [Labels.Operation] = note.Operation }, CancellationToken.None);

    // What was built here is in no registry, where somebody else's may have its name.
    private Task PullAsync(DesiredService desired, ResetNote note, ContainerRuntimeException missing, CancellationToken cancellationToken)
    {
        var image = note.Image ?? desired.Image;
        return image.Length == 0 || image.StartsWith(ImageRepository.Prefix, StringComparison.Ordinal)
            ? throw missing
            : _services.Images.PullAsync(_runtime, desired with { Image = image, ImageOrigin = null }, _services.Time, _events, cancellationToken);
    }

    private void Warn(ServiceKey key, string message) => _events.Report(new Degraded(key.ContainerName, message));

    private static bool IsEmptied(VolumeSummary volume, ResetNote note) => volume.Labels.GetValueOrDefault(Labels.Operation) == note.Operation;

    // The same as when the reset began: what was made since has another start's id. The names that engines make are never given twice.
    private static bool IsAsNoted(VolumeSummary volume, ServiceKey key, IReadOnlyDictionary<string, string> noted) =>
        volume.Labels.GetValueOrDefault(Labels.Operation) == noted.GetValueOrDefault(Labels.Operation)
        && (DataVolumes.IsOf(volume, key) || AnonymousVolumes.HasNoName(volume.Name));
}
