using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Finds services in one snapshot.</summary>
internal sealed class ServiceReader
{
    /// <summary>Up to so many services are inspected for what a list does not tell: when they were started, restarts, exit code.</summary>
    private const int InspectAtMost = 20;

    private readonly RuntimeProvider _runtimes;
    private readonly EnvironmentSnapshot _environment;
    private readonly VolumeReader _volumes;
    private readonly SecretReader _secrets;

    /// <summary>Creates one.</summary>
    /// <param name="runtimes">Give the snapshots.</param>
    /// <param name="environment">Tells whether an engine was named.</param>
    /// <param name="volumes">Finds data without a service.</param>
    /// <param name="secrets">Tells the secrets that connection strings name.</param>
    public ServiceReader(RuntimeProvider runtimes, EnvironmentSnapshot environment, VolumeReader volumes, SecretReader secrets)
    {
        _secrets = secrets;
        _runtimes = runtimes;
        _environment = environment;
        _volumes = volumes;
    }

    /// <summary>Finds the services of a query.</summary>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public async Task<IReadOnlyList<Service>> ReadAsync(ServiceQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        (await FindAsync(query, events, cancellationToken).ConfigureAwait(false)).Services;

    /// <summary>Finds the services of a query, with the snapshot they were found in.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<(IReadOnlyList<Service> Services, Observation Observation)> FindAsync(ServiceQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var filter = new ServiceFilter(query);
        var observation = await _runtimes.ObserveAsync(cancellationToken).ConfigureAwait(false);
        var containers = observation.State.Containers.Where(container => filter.Matches(ContainerLabels.KeyOf(container.Labels))).ToList();
        var mapped = containers.Count > InspectAtMost || observation.Runtime is null
            ? containers.Select(container => ContainerServiceMapper.Map(container, observation.State)).ToList()
            : await InspectAsync(observation, containers, cancellationToken).ConfigureAwait(false);
        var processes = observation.State.HostProcesses
            .Where(process => filter.Matches(new ServiceKey(process.Entry.Service, process.Entry.Instance)))
            .Select(process => HostServiceMapper.Map(process, observation.State));
        var found = mapped.Concat(processes).ToList();
        if (query.IncludeData)
        {
            found.AddRange(await _volumes.ReadAsync(observation.Runtime, filter, found, cancellationToken).ConfigureAwait(false));
        }

        var complete = await Task.WhenAll(found.Select(service => _secrets.CompleteAsync(service, observation.Runtime, cancellationToken))).ConfigureAwait(false);
        var services = complete
            .Where(service => query.IncludeStopped || query.IncludeData || service.State is not (ServiceState.Stopped or ServiceState.Failed or ServiceState.NotCreated))
            .OrderBy(service => service.Name, StringComparer.Ordinal)
            .ThenBy(service => service.Instance, StringComparer.Ordinal)
            .ToList();
        ReportForeign(observation, filter, services.Count > 0, events);
        ReportAbsence(observation, services.Count > 0, events);
        ReportTwice(services, events);
        ReportRefused(services, events);
        observation.ReportUnreadable(events);
        return (services, observation);
    }

    private static async Task<List<Service>> InspectAsync(Observation observation, List<ContainerSummary> containers, CancellationToken cancellationToken)
    {
        var details = await Task.WhenAll(containers.Select(container => ContainerFacts.InspectAsync(observation.Runtime!, container.Id, cancellationToken))).ConfigureAwait(false);
        return details.OfType<ContainerDetails>().Select(container => ContainerServiceMapper.Map(container, observation.State)).ToList();
    }

    // Who finds nothing, because it has another name now, is told.
    private static void ReportForeign(Observation observation, ServiceFilter filter, bool found, IProgress<LifecycleEvent> events)
    {
        foreach (var container in observation.State.Foreign.Where(container => filter.Matches(ContainerLabels.KeyOf(container.Labels))))
        {
            var told = ForeignCheck.Tell(container);
            events.Report(found && told is Degraded { Message: var message } ? new Noted(container.Name, message) : told);
        }
    }

    private bool IsEngineChosen => (_environment["DOCKER_HOST"] ?? _environment["DOCKER_CONTEXT"]) is not (null or DockerContextStore.Default);

    // A machine without Docker is an ordinary one and hears nothing, nor does who found what was looked for. Who names an
    // engine that does not answer, and finds nothing, must not take that for "nothing runs".
    private void ReportAbsence(Observation observation, bool found, IProgress<LifecycleEvent> events)
    {
        if (observation.DockerFailure is { } failure)
        {
            var message = $"Only host processes are shown: {failure.Message}";
            events.Report(found || !IsEngineChosen ? new Noted(null, message) : new Unseen(failure, message));
        }
    }

    private static void ReportRefused(List<Service> services, IProgress<LifecycleEvent> events)
    {
        foreach (var service in services.Where(service => service.Definition is { RefusedVariables.Count: > 0 }))
        {
            events.Report(new Degraded(
                service.ContainerName,
                $"What it says of itself names variables that are none of {service.Name}'s, and they are left out: {string.Join(", ", service.Definition!.RefusedVariables)}. Look at where it comes from."));
        }
    }

    // A host process that was started while Docker was away, beside the container that is there again.
    private static void ReportTwice(List<Service> services, IProgress<LifecycleEvent> events)
    {
        foreach (var key in services.GroupBy(service => new ServiceKey(service.Name, service.Instance)).Where(group => group.Count(service => service.State == ServiceState.Running) > 1).Select(group => group.Key))
        {
            events.Report(new Degraded(null, $"{key} runs twice, in a container and as a host process, each with data and connection strings of its own. Stop-LzService stops both."));
        }
    }
}
