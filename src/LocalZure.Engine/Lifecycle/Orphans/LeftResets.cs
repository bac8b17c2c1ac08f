using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.Orphans;

/// <summary>The notes of resets that were interrupted and of whose services nothing is left: they hold secrets that serve nobody.</summary>
/// <param name="runtime">The runtime.</param>
/// <param name="services">What all starts share.</param>
internal sealed class LeftResets(IContainerRuntime runtime, LifecycleServices services)
{
    /// <summary>Forgets those of this engine. One that is under way, or may be another engine's, stays.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var notes = (await services.Resets.ReadAllAsync(cancellationToken).ConfigureAwait(false)).Values;
        if (notes.Count == 0 || (await runtime.ReadMachineAsync(cancellationToken).ConfigureAwait(false)).Id is not { } engine)
        {
            return;
        }

        foreach (var note in notes.Where(note => note.Engine == engine))
        {
            if (note.Key is { } key)
            {
                await ForgetAsync(key, note, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ForgetAsync(ServiceKey key, ResetNote note, CancellationToken cancellationToken)
    {
        try
        {
            var held = await FileLock.AcquireAsync(services.RestartLockFile(key), TimeSpan.Zero, services.Time, cancellationToken).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                if (await runtime.InspectContainerAsync(key.ContainerName, cancellationToken).ConfigureAwait(false) is null && !await HasVolumeAsync(note, cancellationToken).ConfigureAwait(false))
                {
                    services.Resets.Forget(key);
                }
            }
        }
        catch (LocalZureException e) when (e.Code == ErrorCode.LockTimeout)
        {
            // It is under way.
        }
    }

    private async Task<bool> HasVolumeAsync(ResetNote note, CancellationToken cancellationToken)
    {
        foreach (var name in note.Volumes.Keys)
        {
            if (await runtime.InspectVolumeAsync(name, cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
