using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Waits until a started container is usable.</summary>
internal sealed class ContainerReadiness
{
    private readonly IContainerRuntime _runtime;
    private readonly TimeProvider _time;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    public ContainerReadiness(IContainerRuntime runtime, TimeProvider time, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _time = time;
        _events = events;
    }

    /// <summary>Waits for a container that runs. The probes go through its published ports, as the runtime has them.</summary>
    /// <param name="desired">The service.</param>
    /// <param name="container">The container.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ReadinessResult> WaitAsync(DesiredService desired, Service container, CancellationToken cancellationToken)
    {
        // Its ports go before it is told to have ended.
        if (container.Ports.Count < desired.Ports.Count && await HasEndedAsync(container, cancellationToken).ConfigureAwait(false))
        {
            return new ReadinessResult(Readiness.Exited, null, []);
        }

        var probes = new ServiceProbes(ProbedContainer.Of(_runtime, container, desired.Definition), desired.Definition.Probes, desired.Definition.TerminalLogLines, _time);
        await using var disposal = probes.ConfigureAwait(false);
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var exited = _runtime.WaitForExitAsync(container.ContainerId!, watch.Token);
        try
        {
            _events.Report(new StepProgressed(desired.Key.ContainerName, "Waiting", $"until {probes.Targets} answers"));
            var result = await probes.WaitAsync(exited, desired.StartTimeout, cancellationToken).ConfigureAwait(false);
            if (result.Outcome == Readiness.Exited)
            {
                // Rethrows what broke the watch, so that trouble with the daemon is not taken for an exit.
                await exited.ConfigureAwait(false);
            }

            return result.Outcome == Readiness.Ready && await HasEndedUnnoticedAsync(desired, container, cancellationToken).ConfigureAwait(false)
                ? result with { Outcome = Readiness.Exited }
                : result;
        }
        finally
        {
            await watch.CancelAsync().ConfigureAwait(false);
            await exited.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    // An engine tells an end when it has cleaned up after it, a quarter of a second later or more. A container that nobody has asked
    // anything may have ended by then; an inspection waits for a clean-up that has begun.
    private async Task<bool> HasEndedUnnoticedAsync(DesiredService desired, Service container, CancellationToken cancellationToken) =>
        desired.Definition.Probes.All(probe => probe is ProcessProbeDefinition)
        && await HasEndedAsync(container, cancellationToken).ConfigureAwait(false);

    private async Task<bool> HasEndedAsync(Service container, CancellationToken cancellationToken) =>
        await _runtime.InspectContainerAsync(container.ContainerId!, cancellationToken).ConfigureAwait(false)
            is null or { State: ContainerState.Exited or ContainerState.Dead or ContainerState.Removing };
}
