using System.Runtime.CompilerServices;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Runs the probes of services, once or again and again.</summary>
internal sealed class HealthChecker
{
    private readonly ServiceReader _reader;
    private readonly HostServices _host;
    private readonly TimeProvider _time;
    private readonly Func<string, ServiceDefinition?> _find;

    /// <summary>Creates one.</summary>
    /// <param name="reader">Finds services.</param>
    /// <param name="host">What host mode needs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="find">Gives the definition of a service; null looks into the catalog.</param>
    public HealthChecker(ServiceReader reader, HostServices host, TimeProvider time, Func<string, ServiceDefinition?>? find = null)
    {
        _reader = reader;
        _host = host;
        _time = time;
        _find = find ?? ServiceCatalog.Find;
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

    /// <summary>
    /// As <see cref="LookAsync"/>, but null when the engine went away, or is restarting, between the look at what there is and the
    /// look at one of them: the next look says what has become of it.
    /// </summary>
    public async Task<(Observation Observation, IReadOnlyList<Service> Services, IReadOnlyList<ServiceHealth> Health)?> TryLookAsync(ServiceQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
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

    /// <summary>Runs the probes now; the services that were found, their health in the same order, and the snapshot they were found in.</summary>
    public async Task<(Observation Observation, IReadOnlyList<Service> Services, IReadOnlyList<ServiceHealth> Health)> LookAsync(ServiceQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var (services, observation) = await _reader.FindAsync(query with { IncludeStopped = true }, events, cancellationToken).ConfigureAwait(false);
        return (observation, services, await Task.WhenAll(services.Select(service => CheckOneAsync(service, observation, cancellationToken))).ConfigureAwait(false));
    }

    private async Task<ServiceHealth> CheckOneAsync(Service service, Observation observation, CancellationToken cancellationToken)
    {
        var container = service.ContainerId is { } id && observation.Runtime is { } runtime
            ? ContainerHealthOf(await ContainerFacts.InspectAsync(runtime, id, cancellationToken).ConfigureAwait(false))
            : ProcessHealthOf(service);
        var details = container.Running && service.State != ServiceState.Paused
            ? await ProbeAsync(service, observation, cancellationToken).ConfigureAwait(false)
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

    private async Task<IReadOnlyList<ProbeResult>> ProbeAsync(Service service, Observation observation, CancellationToken cancellationToken)
    {
        var definition = service.Definition ?? _find(service.Name);
        if (definition is null || ProbedBy(service, observation, definition) is not { } probed)
        {
            return [];
        }

        var definitions = service.ContainerId is null ? definition.Host?.Probes ?? definition.Probes : definition.Probes;
        var log = new LogWatch(probed, definitions.OfType<LogProbeDefinition>().Select(line => line.Pattern), [], follows: false, _time);
        await using (log.ConfigureAwait(false))
        {
            log.Begin();
            return await Task.WhenAll(definitions.Select(probe => ProbeOneAsync(probe, probed, log, cancellationToken))).ConfigureAwait(false);
        }
    }

    private ProbedService? ProbedBy(Service service, Observation observation, ServiceDefinition definition)
    {
        if (service.ContainerId is not null)
        {
            return ProbedContainer.Of(observation.Runtime!, service, definition);
        }

        var process = observation.State.HostProcesses.FirstOrDefault(process => process.Entry.ContainerName == service.ContainerName);
        return process is null ? null : ProbedProcess.Of(_host, process.Entry);
    }

    private async Task<ProbeResult> ProbeOneAsync(ProbeDefinition definition, ProbedService probed, LogWatch log, CancellationToken cancellationToken)
    {
        IProbe? probe = null;
        try
        {
            probe = ProbeFactory.Create(definition, probed, log, _time);
            return await probe.CheckAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e) when (e.Code is ErrorCode.ServiceUnhealthy or ErrorCode.HostModeUnsupported)
        {
            return new ProbeResult(ProbeFactory.TypeOf(definition), probe?.Target ?? probed.Name, ServiceHealthStatus.Unhealthy, null, e.Message);
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
        return new ContainerHealth(service.State == ServiceState.Paused ? "paused" : running ? "running" : "exited", running, null, service.ExitCode, service.StartedAt, 0, false);
    }
}
