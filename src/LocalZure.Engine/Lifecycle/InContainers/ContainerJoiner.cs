using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Takes a container that exists already: one that runs, one that another start is making, or one that was stopped.</summary>
internal sealed class ContainerJoiner
{
    private static readonly TimeSpan StopAgainLimit = TimeSpan.FromSeconds(15);

    private readonly IContainerRuntime _runtime;
    private readonly LifecycleServices _services;
    private readonly ContainerReadiness _readiness;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    public ContainerJoiner(IContainerRuntime runtime, LifecycleServices services, ContainerReadiness readiness, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _services = services;
        _readiness = readiness;
        _events = events;
    }

    /// <summary>Waits until a container that runs, or that another start is making, is usable.</summary>
    public async Task<StartAttempt> JoinAsync(string id, DesiredService desired, ObservedState observed, StartSettings settings, CancellationToken cancellationToken)
    {
        var labels = observed.Containers.FirstOrDefault(container => container.Id == id)?.Labels;
        var details = await new JoinedStart(_runtime, _services, desired).AwaitAsync(id, labels, cancellationToken).ConfigureAwait(false);
        if (details is null)
        {
            return StartAttempt.Lost("the start that was joined did not finish");
        }

        await new OwnContainers(_runtime).CheckAsync(desired.Key, details, cancellationToken).ConfigureAwait(false);
        var operation = details.Labels.GetValueOrDefault(Labels.Operation);
        var wasInFlight = observed.IsInFlight(operation);
        var service = ContainerServiceMapper.Map(details, ObservedStates.Nothing);
        if (settings.NoWait)
        {
            return StartAttempt.Succeeded(service);
        }

        var readiness = await _readiness.WaitAsync(desired, service, cancellationToken).ConfigureAwait(false);
        if (readiness.Outcome == Readiness.Ready && !await IsInitializedAsync(desired, service, cancellationToken).ConfigureAwait(false))
        {
            return StartAttempt.Lost("the start that was joined failed after the service became usable");
        }

        if (readiness.Outcome == Readiness.Ready && operation is not null)
        {
            // It is in use from now on, whatever becomes of the start that made it: should that one's process die before it
            // has noted the end, this must not look like something it left behind.
            _services.Operations.Complete(operation);
        }

        return readiness.Outcome switch
        {
            Readiness.Ready => StartAttempt.Succeeded(service with { Health = ServiceHealthStatus.Healthy }),
            Readiness.Exited => StartAttempt.Lost("the container that was joined ended"),
            _ => await ExplainAsync(details.Id, desired, readiness, !wasInFlight, cancellationToken).ConfigureAwait(false),
        };
    }

    // The start that made it may be undoing it because one of its own hooks has failed.
    private async Task<bool> IsInitializedAsync(DesiredService desired, Service service, CancellationToken cancellationToken)
    {
        try
        {
            await new ServiceSeeder(_services, _events).EnsureAsync(desired, service, _runtime, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (LocalZureException)
        {
            if (await _runtime.InspectContainerAsync(service.ContainerId!, cancellationToken).ConfigureAwait(false) is { State: ContainerState.Running })
            {
                throw;
            }

            return false;
        }
    }

    /// <summary>Starts a stopped container again. When that fails it is stopped again, unless it is to be kept; one that cannot be started at all is as it was, to be replaced.</summary>
    public Task<StartAttempt> StartAgainAsync(string id, DesiredService desired, StartSettings settings, StartClock clock, CancellationToken cancellationToken) =>
        OrStopAgainAsync(id, desired, settings, () => StartOrGiveUpAsync(id, desired, settings, clock, cancellationToken));

    /// <summary>Starts a stopped container again and waits until it is usable. When that fails it is stopped again, and never removed.</summary>
    /// <exception cref="ContainerRuntimeException">The runtime refuses to start it.</exception>
    public Task<StartAttempt> StartInPlaceAsync(string id, DesiredService desired, StartClock clock, CancellationToken cancellationToken)
    {
        var settings = new StartSettings(NoWait: false, Recreate: false, KeepOnFailure: false);
        return OrStopAgainAsync(id, desired, settings, () => StartAndWaitAsync(id, desired, settings, clock, cancellationToken));
    }

    private async Task<StartAttempt> OrStopAgainAsync(string id, DesiredService desired, StartSettings settings, Func<Task<StartAttempt>> start)
    {
        try
        {
            return await start().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!settings.KeepOnFailure || e is OperationCanceledException)
            {
                await StopAgainAsync(id, desired).ConfigureAwait(false);
            }

            throw;
        }
    }

    private async Task<StartAttempt> StartOrGiveUpAsync(string id, DesiredService desired, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAndWaitAsync(id, desired, settings, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.ContainerMissing)
        {
            return StartAttempt.Lost("the stopped container was removed by somebody else");
        }
        catch (ContainerRuntimeException e) when (e.Failure is RuntimeFailure.PortUnavailable or RuntimeFailure.NetworkMissing)
        {
            return StartAttempt.Unstartable("it was stopped and cannot be started again as it is");
        }
    }

    private async Task<StartAttempt> StartAndWaitAsync(string id, DesiredService desired, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        // Not cut off: a start that is may still happen, and nobody would stop it again.
        cancellationToken.ThrowIfCancellationRequested();
        await _runtime.StartContainerAsync(id, CancellationToken.None).ConfigureAwait(false);
        clock.Started();
        var waitBegan = clock.NowMs;
        var details = await _runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false);
        if (details is null)
        {
            return StartAttempt.Lost("the container was removed by somebody else while it was starting");
        }

        if (details.State is ContainerState.Exited or ContainerState.Dead)
        {
            return await ExplainAsync(id, desired, new ReadinessResult(Readiness.Exited, null, []), wasRunning: false, cancellationToken).ConfigureAwait(false);
        }

        var service = ContainerServiceMapper.Map(details, ObservedStates.Nothing);
        if (settings.NoWait)
        {
            return StartAttempt.Succeeded(service with { State = ServiceState.Starting, Health = ServiceHealthStatus.Starting, Timeline = clock.Timeline });
        }

        var readiness = await _readiness.WaitAsync(desired, service, cancellationToken).ConfigureAwait(false);
        if (readiness.Outcome != Readiness.Ready)
        {
            return await ExplainAsync(id, desired, readiness, wasRunning: false, cancellationToken).ConfigureAwait(false);
        }

        clock.Ready(waitBegan, readiness.FirstByteMs);
        await new ServiceSeeder(_services, _events).EnsureAsync(desired, service, _runtime, cancellationToken).ConfigureAwait(false);
        return StartAttempt.Succeeded(service with { State = ServiceState.Running, Health = ServiceHealthStatus.Healthy, Timeline = clock.Timeline });
    }

    /// <summary>Says why a container did not become usable.</summary>
    /// <exception cref="LocalZureException">ContainerExited, OutOfMemory, StartTimeout or ServiceUnhealthy, unless the container is gone.</exception>
    public async Task<StartAttempt> ExplainAsync(string id, DesiredService desired, ReadinessResult readiness, bool wasRunning, CancellationToken cancellationToken)
    {
        var details = await ContainerFacts.InspectAsync(_runtime, id, cancellationToken).ConfigureAwait(false);
        if (details is null or { State: ContainerState.Removing })
        {
            return StartAttempt.Lost("the container was removed by somebody else while it was starting");
        }

        var log = await ContainerFacts.LogTailAsync(_runtime, id, cancellationToken).ConfigureAwait(false);
        throw readiness.Outcome == Readiness.Exited
            ? StartFailures.Exited(desired, "container", details.ExitCode, details.OutOfMemory, log)
            : StartFailures.NotUsable(desired, wasRunning, readiness, log);
    }

    private async Task StopAgainAsync(string id, DesiredService desired)
    {
        using var limit = new CancellationTokenSource(StopAgainLimit, _services.Time);
        try
        {
            await new ContainerStopper(_runtime, _services.Time, _events).StopAsync(id, desired.Definition, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is LocalZureException or OperationCanceledException)
        {
            _events.Report(new Degraded(desired.Key.ContainerName, $"{desired.Key} could not be stopped again after its start had failed ({e.Message})."));
        }
    }
}
