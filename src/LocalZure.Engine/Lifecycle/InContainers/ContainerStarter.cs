using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Brings one service up in a container. The runtime's unique container names are the lock between processes.</summary>
internal sealed class ContainerStarter
{
    private const int Attempts = 3;

    /// <summary>A name that is taken by what no list shows, as that of a container that cannot be removed, is not tried for ever.</summary>
    private const int Races = 100;

    private static readonly TimeSpan RacePause = TimeSpan.FromMilliseconds(10);

    private readonly IContainerRuntime _runtime;
    private readonly LifecycleServices _services;
    private readonly StateObserver _observer;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly ContainerReadiness _readiness;
    private readonly ContainerJoiner _joiner;
    private readonly NewContainer _new;

    /// <summary>Creates one.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="services">What all starts share.</param>
    /// <param name="events">Told what happens.</param>
    public ContainerStarter(IContainerRuntime runtime, LifecycleServices services, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _services = services;
        _observer = services.Observer;
        _events = events;
        _readiness = new ContainerReadiness(runtime, services.Time, events);
        _joiner = new ContainerJoiner(runtime, services, _readiness, events);
        _new = new NewContainer(runtime, services, _readiness, _joiner, events);
    }

    /// <summary>Brings the service up, or joins a start of it that is under way.</summary>
    /// <exception cref="LocalZureException">What stood in the way; nothing that this call created is left then, unless it was asked for.</exception>
    public async Task<Service> StartAsync(DesiredService desired, ObservedState observed, StartSettings settings, CancellationToken cancellationToken)
    {
        new ServiceSeeder(_services, _events).ReportSkipped(desired, settings);
        StartNotices.ReportMemory(desired, _events);
        var clock = new StartClock(_services.Time);
        var attempt = 1;
        for (var races = 0; ;)
        {
            var plan = LifecyclePlanner.PlanContainer(desired, observed, settings.Recreate && attempt == 1 && races == 0);
            StartNotices.Report(plan, desired, LifeOf(plan, observed), _events);
            var outcome = await IsOutdatedAsync(plan, desired, settings, cancellationToken).ConfigureAwait(false)
                ? StartAttempt.LostTheRace("what was to be removed has changed in the meantime")
                : await ExecuteAsync(plan, desired, observed, settings, clock, cancellationToken).ConfigureAwait(false);
            if (outcome.Service is { } service)
            {
                StartNotices.ReportReplaced(plan, desired, _events);
                return service;
            }

            if (outcome.IsRace ? races == Races : attempt == Attempts)
            {
                throw StartFailures.Interfered(desired, attempt, outcome.LostBecause!);
            }

            _events.Report(new Noted(desired.Key.ContainerName, $"Attempt {attempt} has to look again: {outcome.LostBecause}."));
            if (outcome.IsRace)
            {
                // Who was quicker is joined: that is still the same attempt.
                await Task.Delay(RacePause * races++, _services.Time, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                attempt++;
            }

            observed = await _observer.ObserveAsync(_runtime, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ExistingLife? LifeOf(ServicePlan plan, ObservedState observed) =>
        observed.Containers.FirstOrDefault(container => container.Id == plan.ContainerId) is { Labels: { } labels } ? ExistingLife.Of(labels) : null;

    // What was created and not started a moment ago, by a start that was not noted yet, may be in use by now. Looked at again
    // right before it would be removed.
    private async Task<bool> IsOutdatedAsync(ServicePlan plan, DesiredService desired, StartSettings settings, CancellationToken cancellationToken)
    {
        if (plan.Action is not (PlannedAction.Discard or PlannedAction.Replace))
        {
            return false;
        }

        var observed = await _observer.ObserveAsync(_runtime, cancellationToken).ConfigureAwait(false);
        return LifecyclePlanner.PlanContainer(desired, observed, settings.Recreate) != plan;
    }

    private async Task<StartAttempt> ExecuteAsync(ServicePlan plan, DesiredService desired, ObservedState observed, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        await CheckOursAsync(plan, desired, cancellationToken).ConfigureAwait(false);
        switch (plan.Action)
        {
            case PlannedAction.Join:
                return await _joiner.JoinAsync(plan.ContainerId!, desired, observed, settings, cancellationToken).ConfigureAwait(false);
            case PlannedAction.StartExisting:
                var again = await _joiner.StartAgainAsync(plan.ContainerId!, desired, settings, clock, cancellationToken).ConfigureAwait(false);
                if (!again.IsUnstartable)
                {
                    return again;
                }

                // With what it holds, and only once its successor is usable.
                plan = plan with { Action = PlannedAction.Replace, Reason = again.LostBecause! };
                StartNotices.Report(plan, desired, LifeOf(plan, observed), _events);
                return await ReplaceAsync(plan.ContainerId!, Continuity.Apply(desired, plan, observed), settings, clock, cancellationToken).ConfigureAwait(false);
            case PlannedAction.Thaw:
                await _runtime.UnpauseContainerAsync(plan.ContainerId!, cancellationToken).ConfigureAwait(false);
                return await _joiner.JoinAsync(plan.ContainerId!, desired, observed, settings, cancellationToken).ConfigureAwait(false);
            case PlannedAction.Discard:
                await DiscardAsync(plan.ContainerId!, observed, cancellationToken).ConfigureAwait(false);
                break;
            case PlannedAction.Replace:
                await CheckPortsAsync(plan.ContainerId!, desired, observed, cancellationToken).ConfigureAwait(false);
                return await ReplaceAsync(plan.ContainerId!, Continuity.Apply(desired, plan, observed), settings, clock, cancellationToken).ConfigureAwait(false);
        }

        return await _new.MakeAsync(desired, null, settings, clock, cancellationToken).ConfigureAwait(false);
    }

    // Before anything is done to what is there. Who only joins it looks when it runs.
    private async Task CheckOursAsync(ServicePlan plan, DesiredService desired, CancellationToken cancellationToken)
    {
        if (plan is { ContainerId: { } id, Action: not PlannedAction.Join }
            && await _runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            await new OwnContainers(_runtime).CheckAsync(desired.Key, existing, cancellationToken).ConfigureAwait(false);
        }
    }

    // Should the start that made it have died, this was what it had left.
    private async Task DiscardAsync(string id, ObservedState observed, CancellationToken cancellationToken)
    {
        await new ContainerStopper(_runtime, _services.Time, _events).RemoveAsync(id, null, cancellationToken).ConfigureAwait(false);
        if (observed.Containers.FirstOrDefault(container => container.Id == id)?.Labels.GetValueOrDefault(Labels.Operation) is { } operation && observed.HasDied(operation))
        {
            _services.Operations.Complete(operation);
        }
    }

    // Only where the engine's ports are those of this machine. Elsewhere, and where somebody takes a port in the meantime, the
    // engine refuses the new container and the old one comes back.
    private Task CheckPortsAsync(string id, DesiredService desired, ObservedState observed, CancellationToken cancellationToken)
    {
        var own = observed.Containers.Where(container => container.Id == id).SelectMany(container => container.Ports).Select(port => port.HostPort).ToHashSet();
        return _runtime.Info.IsLocal ? AskedForPorts.CheckAsync(desired, own, _runtime, cancellationToken) : Task.CompletedTask;
    }

    private async Task<StartAttempt> ReplaceAsync(string id, DesiredService desired, StartSettings settings, StartClock clock, CancellationToken cancellationToken)
    {
        // An image that cannot be had leaves what runs untouched, and a pull of minutes does not interrupt it.
        if (!await _runtime.ImageExistsAsync(desired.Image, cancellationToken).ConfigureAwait(false))
        {
            await _services.Images.PullAsync(_runtime, desired, _services.Time, _events, cancellationToken).ConfigureAwait(false);
            clock.Pulled();
        }

        var replacement = new ContainerReplacement(_runtime, _services.Time, _events, desired, id, _readiness);
        return await _new.MakeAsync(desired, replacement, settings, clock, cancellationToken).ConfigureAwait(false);
    }
}
