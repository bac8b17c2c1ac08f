using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Waits for what another start, of this process or another one, is making.</summary>
internal sealed class JoinedStart
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a start that is noted in another home may be between two containers of its own.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(1);

    private readonly IContainerRuntime _runtime;
    private readonly LifecycleServices _services;
    private readonly DesiredService _desired;
    private readonly long _began;

    /// <summary>Creates one. Nothing is looked at yet.</summary>
    public JoinedStart(IContainerRuntime runtime, LifecycleServices services, DesiredService desired)
    {
        _runtime = runtime;
        _services = services;
        _desired = desired;
        _began = services.Time.GetTimestamp();
    }

    /// <summary>Waits for the other start as long as it is known to be in flight.</summary>
    /// <param name="id">The container that it has made.</param>
    /// <param name="labels">The container's labels when it was last seen; null when that is not known.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The container, running; null when the other start is over without one.</returns>
    public async Task<ContainerDetails?> AwaitAsync(string id, IReadOnlyDictionary<string, string>? labels, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var details = await _runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false)
                ?? await NextAsync(labels, cancellationToken).ConfigureAwait(false);
            if (details is { State: ContainerState.Running or ContainerState.Restarting })
            {
                return details;
            }

            var goesOn = details is not null
                ? await IsInFlightAsync(details, cancellationToken).ConfigureAwait(false)
                : await MayMakeAnotherAsync(labels, cancellationToken).ConfigureAwait(false);
            if (!goesOn || Elapsed > _desired.StartTimeout)
            {
                return null;
            }

            id = details?.Id ?? id;
            labels = details?.Labels ?? labels;
            await Task.Delay(pause, _services.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Elapsed => _services.Time.GetElapsedTime(_began);

    // A start that is refused a port removes its container and makes another one of the same settings. Who would create one
    // in between takes the name from it, and is refused the same port.
    private async Task<ContainerDetails?> NextAsync(IReadOnlyDictionary<string, string>? labels, CancellationToken cancellationToken) =>
        labels is not null
        && await _runtime.InspectContainerAsync(_desired.Key.ContainerName, cancellationToken).ConfigureAwait(false) is { } next
        && next.Labels.GetValueOrDefault(Labels.ConfigHash) == labels.GetValueOrDefault(Labels.ConfigHash) ? next : null;

    private async Task<bool> MayMakeAnotherAsync(IReadOnlyDictionary<string, string>? labels, CancellationToken cancellationToken)
    {
        if (labels is null || !labels.TryGetValue(Labels.Operation, out var id))
        {
            return false;
        }

        if (await _services.Operations.ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } operation)
        {
            return OwnerIdentity.Judge(operation.Owner) != OwnerState.Dead;
        }

        // Its note is in another home, or it is over: that cannot be told apart.
        return labels.TryGetValue(Labels.Owner, out var owner) && owner != OwnerIdentity.Current.ToString() && Elapsed < LongestGap && OwnerIdentity.Judge(owner) != OwnerState.Dead;
    }

    private async Task<bool> IsInFlightAsync(ContainerDetails container, CancellationToken cancellationToken)
    {
        var operation = container.Labels.TryGetValue(Labels.Operation, out var id) ? await _services.Operations.ReadAsync(id, cancellationToken).ConfigureAwait(false) : null;
        if (operation is not null)
        {
            return OwnerIdentity.Judge(operation.Owner) != OwnerState.Dead;
        }

        var now = container.State == ContainerState.Created ? await EngineClock.NowAsync(_runtime, _services.Time, cancellationToken).ConfigureAwait(false) : default;
        return StartOfAnotherHome.OwnerOf(container.State, container.Labels, container.CreatedAt, now) is not null;
    }
}
