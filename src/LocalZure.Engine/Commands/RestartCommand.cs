using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>
/// Ends services and starts them again where they were, with their data or without. What needs a service is ended before it
/// and started after it.
/// </summary>
internal sealed class RestartCommand
{
    private readonly RuntimeProvider _runtimes;
    private readonly LifecycleServices _services;
    private readonly HostServices _host;

    /// <summary>Creates one.</summary>
    public RestartCommand(RuntimeProvider runtimes, LifecycleServices services, HostServices host)
    {
        _runtimes = runtimes;
        _services = services;
        _host = host;
    }

    /// <summary>Restarts the services of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="empty">Whether their data goes.</param>
    /// <param name="events">Told what happens.</param>
    /// <param name="cancellationToken">Ends the call; what was ended and not started again stays stopped.</param>
    /// <exception cref="LocalZureException">ParameterInvalid, or ServiceUnknown for what this catalog does not have; nothing was ended then.</exception>
    public async Task<IReadOnlyList<ServiceOutcome>> RunAsync(RestartRequest request, bool empty, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var desired = new Dictionary<Service, DesiredService>(ReferenceEqualityComparer.Instance);
        foreach (var service in request.Services)
        {
            desired[service] = Desired(service, request.Timeout);
        }

        var hooks = await RestartHooks.LoadAsync(request, _services, _host, events, cancellationToken).ConfigureAwait(false);
        var observation = await _runtimes.ObserveForAsync(request.Services, cancellationToken).ConfigureAwait(false);
        var restarts = new Dictionary<Service, IServiceRestart>(ReferenceEqualityComparer.Instance);
        try
        {
            foreach (var service in request.Services)
            {
                restarts[service] = Restart(service, desired[service], empty, observation, events);
            }

            var order = new ServiceOrder(request.Services, _services.FindDefinition);
            var stops = order.DependantsFirst<LocalZureException?>((service, before) => StopAfterAsync(before, service, restarts[service], events, cancellationToken));
            var starts = order.NeededFirst<ServiceOutcome>((service, needed) => StartAfterAsync(needed, stops[service], desired[service], restarts[service], hooks, observation?.Runtime, events, cancellationToken));
            return await Task.WhenAll(request.Services.Select(service => starts[service])).ConfigureAwait(false);
        }
        finally
        {
            foreach (var restart in restarts.Values)
            {
                await restart.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private DesiredService Desired(Service service, TimeSpan? timeout)
    {
        var request = new StartRequest { Names = [service.Name], Instance = service.Instance ?? "", Timeout = timeout, NoDependency = true };
        return DesiredServiceBuilder.Build(request, null, name => service.Definition is { } definition && definition.Name == name ? definition : _services.FindDefinition(name))[0];
    }

    private IServiceRestart Restart(Service service, DesiredService desired, bool empty, Observation? observation, IProgress<LifecycleEvent> events) => service.Mode switch
    {
        ServiceMode.Host => new HostRestart(_host, _services, observation?.Runtime, events, desired, empty),
        _ => new ContainerRestart(observation!.Runtime ?? throw observation.DockerFailure!, _services, events, desired, service, empty),
    };

    private static async Task<LocalZureException?> StopAfterAsync(IReadOnlyList<Task<LocalZureException?>> before, Service service, IServiceRestart restart, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        await Task.WhenAll(before).ConfigureAwait(false);
        try
        {
            events.Report(new StepProgressed(service.ContainerName, "Stopping", "asked to end"));
            await restart.StopAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (LocalZureException e)
        {
            return e;
        }
    }

    private async Task<ServiceOutcome> StartAfterAsync(IReadOnlyList<Task<ServiceOutcome>> needed, Task<LocalZureException?> stop, DesiredService desired, IServiceRestart restart, RestartHooks hooks, IContainerRuntime? runtime, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var key = desired.Key;
        try
        {
            var failure = await stop.ConfigureAwait(false);
            var before = await Task.WhenAll(needed).ConfigureAwait(false);
            if (failure is null && before.FirstOrDefault(outcome => outcome.Error is not null) is { } failed)
            {
                failure = StartFailures.Dependency(desired, failed);
            }

            if (failure is not null)
            {
                return new ServiceOutcome(key.Name, key.Instance, null, failure);
            }

            var service = await restart.StartAsync(cancellationToken).ConfigureAwait(false);
            await hooks.RunAsync(service, before.Select(outcome => outcome.Service).OfType<Service>(), runtime, cancellationToken).ConfigureAwait(false);
            _host.Activity?.Ready(service);
            return new ServiceOutcome(key.Name, key.Instance, await _services.SecretReader.CompleteAsync(service, runtime, cancellationToken).ConfigureAwait(false), null);
        }
        catch (LocalZureException e)
        {
            return new ServiceOutcome(key.Name, key.Instance, null, e);
        }
        finally
        {
            events.Report(new StepsEnded(key.ContainerName));
        }
    }
}
