using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>
/// Makes a service's container, in the place of an old one when there is one. What it has made goes again, and the old one
/// comes back, when that does not end in a usable service.
/// </summary>
internal sealed class NewContainer
{
    /// <summary>How long the clean-up of a failed or cancelled start may take.</summary>
    private static readonly TimeSpan UndoLimit = TimeSpan.FromSeconds(15);

    /// <summary>How long it may take to keep what it has written.</summary>
    private static readonly TimeSpan KeepLimit = TimeSpan.FromSeconds(5);

    private readonly IContainerRuntime _runtime;
    private readonly LifecycleServices _services;
    private readonly ContainerReadiness _readiness;
    private readonly ContainerJoiner _joiner;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    public NewContainer(IContainerRuntime runtime, LifecycleServices services, ContainerReadiness readiness, ContainerJoiner joiner, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _services = services;
        _readiness = readiness;
        _joiner = joiner;
        _events = events;
    }

    /// <summary>Makes it, and waits until it is usable unless that is not wanted.</summary>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="replacement">What it takes the place of; null when there is nothing.</param>
    /// <param name="settings">What is the same for all services of the call.</param>
    /// <param name="clock">Told the times.</param>
    /// <param name="cancellationToken">Ends the start; what it has made is removed before the call ends.</param>
    /// <exception cref="LocalZureException">What stood in the way.</exception>
    public async Task<StartAttempt> MakeAsync(DesiredService desired, ContainerReplacement? replacement, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        await MachineCheck.RunAsync(desired, _runtime, _events, cancellationToken).ConfigureAwait(false);
        var operation = await _services.BeginAsync(desired, replacement?.Id, onHost: false, cancellationToken).ConfigureAwait(false);
        try
        {
            var attempt = await CreateAndStartAsync(desired, operation, replacement, settings, clock, cancellationToken).ConfigureAwait(false);
            if (attempt.Service is null)
            {
                await UndoAsync(desired.Key, operation, replacement).ConfigureAwait(false);
            }
            else
            {
                await DiscardAsync(desired.Key, replacement).ConfigureAwait(false);
                _services.Operations.Complete(operation.Id);
            }

            return attempt;
        }
        catch (Exception e)
        {
            if (settings.KeepOnFailure && e is not OperationCanceledException)
            {
                await DiscardAsync(desired.Key, replacement).ConfigureAwait(false);
                _services.Operations.Complete(operation.Id);
            }
            else
            {
                if (e is not OperationCanceledException)
                {
                    await KeepLogAsync(desired, operation).ConfigureAwait(false);
                }

                await UndoAsync(desired.Key, operation, replacement).ConfigureAwait(false);
            }

            throw;
        }
    }

    private async Task<StartAttempt> CreateAndStartAsync(DesiredService desired, StartOperation operation, ContainerReplacement? replacement, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        if (replacement is not null)
        {
            await replacement.SetAsideAsync(operation, cancellationToken).ConfigureAwait(false);
        }

        var created = await new ContainerCreator(_runtime, _services, _events).RunAsync(desired, operation, replacement, clock, cancellationToken).ConfigureAwait(false);
        return created.Id is { } id
            ? await AwaitReadyAsync(id, desired, settings, clock, cancellationToken).ConfigureAwait(false)
            : created.Lost!;
    }

    private async Task<StartAttempt> AwaitReadyAsync(string id, DesiredService desired, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        var details = await ContainerFacts.InspectAsync(_runtime, id, cancellationToken).ConfigureAwait(false);
        if (details is null or { State: ContainerState.Removing })
        {
            return StartAttempt.Lost("the container was removed by somebody else while it was starting");
        }

        var service = ContainerServiceMapper.Map(details, ObservedStates.Nothing);
        if (details.State == ContainerState.Created)
        {
            // Something between here and the engine has answered in its place.
            throw new ContainerRuntimeException(RuntimeFailure.Transient, $"The container runtime said that it has started {desired.Key.ContainerName}, and did not.");
        }

        if (details.State is ContainerState.Exited or ContainerState.Dead)
        {
            throw StartFailures.Exited(desired, "container", details.ExitCode, details.OutOfMemory, await ContainerFacts.LogTailAsync(_runtime, id, cancellationToken).ConfigureAwait(false));
        }

        if (settings.NoWait)
        {
            return StartAttempt.Succeeded(service with { State = ServiceState.Starting, Health = ServiceHealthStatus.Starting, Timeline = clock.Timeline });
        }

        var waitBegan = clock.NowMs;
        var readiness = await _readiness.WaitAsync(desired, service, cancellationToken).ConfigureAwait(false);
        if (readiness.Outcome != Readiness.Ready)
        {
            return await _joiner.ExplainAsync(id, desired, readiness, wasRunning: false, cancellationToken).ConfigureAwait(false);
        }

        clock.Ready(waitBegan, readiness.FirstByteMs);
        await new ServiceSeeder(_services, _events).EnsureAsync(desired, service, _runtime, cancellationToken).ConfigureAwait(false);
        return StartAttempt.Succeeded(service with { State = ServiceState.Running, Health = ServiceHealthStatus.Healthy, Timeline = clock.Timeline });
    }

    // The container goes, and with it what it has said.
    private async Task KeepLogAsync(DesiredService desired, StartOperation operation)
    {
        using var limit = new CancellationTokenSource(KeepLimit, _services.Time);
        try
        {
            var containers = await _runtime.ListContainersAsync([.. Labels.OnlyManaged, $"{Labels.Operation}={operation.Id}"], includeStopped: true, limit.Token).ConfigureAwait(false);
            foreach (var container in containers)
            {
                var lines = _runtime.ReadLogAsync(container.Id, new ContainerLogQuery(Tail: FailedLogs.MostLines), limit.Token);
                await _services.FailedLogs.KeepAsync(desired.Key, lines, StartFailures.MaskOf(desired), limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is LocalZureException or OperationCanceledException)
        {
            _events.Report(new Noted(desired.Key.ContainerName, $"The output of the failed start of {desired.Key} could not be kept: {e.Message}"));
        }
    }

    // With a time limit of its own: the call's token may be cancelled already. When it fails the start is written down as one
    // that died, so that the next start or clean-up removes the rest, be it by this same process.
    private async Task UndoAsync(ServiceKey key, StartOperation operation, ContainerReplacement? replacement)
    {
        using var limit = new CancellationTokenSource(UndoLimit, _services.Time);
        try
        {
            await new OperationUndo(_runtime).UndoAsync(key, operation, limit.Token).ConfigureAwait(false);
            await (replacement?.RestoreAsync(limit.Token) ?? Task.CompletedTask).ConfigureAwait(false);
            _services.Operations.Complete(operation.Id);
        }
        catch (Exception e) when (e is LocalZureException or OperationCanceledException)
        {
            await _services.GiveUpAsync(key, operation).ConfigureAwait(false);
            _events.Report(new Degraded(key.ContainerName, $"What the failed start of {key} created could not all be removed ({e.Message}); Remove-LzOrphan removes it later."));
        }
    }

    // What is left of the old one is an orphan, so that its removal is no reason for the new one's start to fail.
    private async Task DiscardAsync(ServiceKey key, ContainerReplacement? replacement)
    {
        if (replacement is null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(UndoLimit, _services.Time);
        try
        {
            await replacement.DiscardAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is LocalZureException or OperationCanceledException)
        {
            _events.Report(new Degraded(key.ContainerName, $"The container that {key} replaces could not be removed ({e.Message}); Remove-LzOrphan removes it later."));
        }
    }
}
