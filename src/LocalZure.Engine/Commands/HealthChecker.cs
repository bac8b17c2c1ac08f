using System.Runtime.CompilerServices;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Runs the probes of services, once or again and again.</summary>
internal sealed class HealthChecker
{
    private readonly ServiceReader _reader;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    public HealthChecker(ServiceReader reader, TimeProvider time)
    {
        _reader = reader;
        _time = time;
    }

    /// <summary>Runs the probes now, all services at the same time.</summary>
    public async Task<IReadOnlyList<ServiceHealth>> CheckAsync(ServiceQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var (_, _, health) = await LookAsync(query, events, cancellationToken).ConfigureAwait(false);
        return health;
    }

    /// <summary>
    /// Runs them again and again and gives what has changed. A service that goes away is given once more, as stopped; one that
    /// cannot be looked at because the engine is not there is given as unknown.
    /// </summary>
    public async IAsyncEnumerable<ServiceHealth> WatchAsync(ServiceQuery query, TimeSpan interval, IProgress<LifecycleEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (interval <= TimeSpan.Zero)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, "The interval must be longer than nothing.");
        }

        var watch = new HealthWatch(_time);
        while (true)
        {
            if (await TryLookAsync(query, events, cancellationToken).ConfigureAwait(false) is { } look)
            {
                foreach (var health in watch.Changes(look.Services, look.Health, look.Observation.DockerFailure))
                {
                    yield return health;
                }
            }

            await Task.Delay(interval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Null when the engine went away, or is restarting, between the look at what there is and the look at one of them: the next
    // look says what has become of it.
    private async Task<(Observation Observation, IReadOnlyList<Service> Services, IReadOnlyList<ServiceHealth> Health)?> TryLookAsync(ServiceQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(query, events, cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e) when (e.Code is ErrorCode.DockerApiError or ErrorCode.DockerUnavailable)
        {
            events.Report(new Noted(null, $"The watch goes on although containers could not be looked at: {e.Message}"));
            return null;
        }
    }

    private async Task<(Observation Observation, IReadOnlyList<Service> Services, IReadOnlyList<ServiceHealth> Health)> LookAsync(ServiceQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var (services, observation) = await _reader.FindAsync(query with { IncludeStopped = true }, events, cancellationToken).ConfigureAwait(false);
        return (observation, services, await Task.WhenAll(services.Select(service => CheckOneAsync(service, observation.Runtime, cancellationToken))).ConfigureAwait(false));
    }

    private async Task<ServiceHealth> CheckOneAsync(Service service, IContainerRuntime? runtime, CancellationToken cancellationToken)
    {
        var container = service.ContainerId is { } id && runtime is not null
            ? ContainerHealthOf(await runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false))
            : ProcessHealthOf(service);
        var details = container.Running && service.State != ServiceState.Paused
            ? await ProbeAsync(service, cancellationToken).ConfigureAwait(false)
            : [];
        var now = _time.GetUtcNow();
        return new ServiceHealth
        {
            Service = service.Name,
            Instance = service.Instance,
            Status = Judge(service, container, details),
            Details = details,
            Container = container,
            Uptime = container.Running ? now - container.StartedAt : null,
            CheckedAt = now,
        };
    }

    private async Task<IReadOnlyList<ProbeResult>> ProbeAsync(Service service, CancellationToken cancellationToken)
    {
        var definitions = ServiceCatalog.Find(service.Name)?.Probes ?? [];
        return await Task.WhenAll(definitions.Select(definition => ProbeOneAsync(definition, service, cancellationToken))).ConfigureAwait(false);
    }

    private async Task<ProbeResult> ProbeOneAsync(ProbeDefinition definition, Service service, CancellationToken cancellationToken)
    {
        IProbe probe;
        try
        {
            probe = ProbeFactory.Create(definition, service.Ports, _time);
        }
        catch (LocalZureException e) when (e.Code == ErrorCode.ServiceUnhealthy)
        {
            return new ProbeResult("http", service.ContainerName, ServiceHealthStatus.Unhealthy, null, e.Message);
        }

        try
        {
            return await probe.CheckAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            (probe as IDisposable)?.Dispose();
        }
    }

    private static ServiceHealthStatus Judge(Service service, ContainerHealth container, IReadOnlyList<ProbeResult> details)
    {
        var failing = details.Any(detail => detail.Status != ServiceHealthStatus.Healthy) || container.HealthStatus == "unhealthy";
        return container.Running switch
        {
            false => ServiceHealthStatus.Stopped,
            _ when service.State == ServiceState.Paused => ServiceHealthStatus.Unknown,
            _ when failing && service.State == ServiceState.Starting => ServiceHealthStatus.Starting,
            _ when failing => ServiceHealthStatus.Unhealthy,
            _ when container.HealthStatus == "starting" => ServiceHealthStatus.Starting,
            _ when details.Count == 0 && container.HealthStatus is null => ServiceHealthStatus.Unknown,
            _ => ServiceHealthStatus.Healthy,
        };
    }

    private static ContainerHealth ContainerHealthOf(ContainerDetails? container) => container is null
        ? new ContainerHealth("removed", false, null, null, null, 0, false)
        : new ContainerHealth(
            container.State.ToString().ToLowerInvariant(),
            container.State is ContainerState.Running or ContainerState.Paused,
            container.HealthStatus,
            container.State is ContainerState.Exited or ContainerState.Dead ? container.ExitCode : null,
            container.StartedAt,
            container.RestartCount,
            container.OutOfMemory);

    private static ContainerHealth ProcessHealthOf(Service service)
    {
        var running = service.ProcessId is not null;
        return new ContainerHealth(running ? "running" : "exited", running, null, service.ExitCode, service.StartedAt, 0, false);
    }
}
