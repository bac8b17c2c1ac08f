using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Commands;

/// <summary>Stops services, all at the same time, then removes networks that nothing uses any more.</summary>
internal sealed class StopCommand
{
    private static readonly TimeSpan LockMargin = TimeSpan.FromSeconds(30);

    private readonly RuntimeProvider _runtimes;
    private readonly LifecycleServices _services;
    private readonly HostServices _host;

    /// <summary>Creates one.</summary>
    public StopCommand(RuntimeProvider runtimes, LifecycleServices services, HostServices host)
    {
        _runtimes = runtimes;
        _services = services;
        _host = host;
    }

    /// <summary>Stops the services of a request.</summary>
    public async Task<IReadOnlyList<ServiceOutcome>> RunAsync(StopRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        if (request.Timeout < TimeSpan.Zero)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, "The time-out must not be negative.");
        }

        var observation = await _runtimes.ObserveForAsync(request.Services, cancellationToken).ConfigureAwait(false);
        var stops = new ServiceOrder(request.Services, _services.FindDefinition)
            .DependantsFirst<ServiceOutcome>((service, before) => StopAfterAsync(before, service, request, observation, events, cancellationToken));
        var outcomes = await Task.WhenAll(request.Services.Select(service => stops[service])).ConfigureAwait(false);
        if (observation?.Runtime is { } runtime && !request.Keep)
        {
            var removed = outcomes.Select(outcome => outcome.Service).OfType<Service>().Where(service => service.Mode == ServiceMode.Docker).Select(service => new ServiceKey(service.Name, service.Instance)).ToList();
            await SeedVolumes.ForgetAsync(runtime, removed, cancellationToken).ConfigureAwait(false);
            await RemoveNetworksAsync(runtime, request.Services, events, cancellationToken).ConfigureAwait(false);
        }

        return outcomes;
    }

    private async Task<ServiceOutcome> StopAfterAsync(IReadOnlyList<Task<ServiceOutcome>> before, Service service, StopRequest request, Observation? observation, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        await Task.WhenAll(before).ConfigureAwait(false);
        return await StopOneAsync(service, request, observation, events, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ServiceOutcome> StopOneAsync(Service service, StopRequest request, Observation? observation, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            events.Report(new StepProgressed(service.ContainerName, "Stopping", service.State == ServiceState.Running ? "asked to end" : "removing"));
            var stopped = service.Mode == ServiceMode.Host
                ? await StopProcessAsync(service, request, events, cancellationToken).ConfigureAwait(false)
                : await StopContainerAsync(observation!.Runtime ?? throw observation.DockerFailure!, service, request, events, cancellationToken).ConfigureAwait(false);
            return new ServiceOutcome(service.Name, service.Instance, stopped, null);
        }
        catch (LocalZureException e)
        {
            return new ServiceOutcome(service.Name, service.Instance, null, e);
        }
        finally
        {
            events.Report(new StepsEnded(service.ContainerName));
        }
    }

    private async Task<Service> StopContainerAsync(IContainerRuntime runtime, Service service, StopRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var stopper = new ContainerStopper(runtime, _services.Time, events);
        if (request.Keep && service.ContainerId is { } kept)
        {
            var details = await stopper.StopAsync(kept, _services.DefinitionOf(service), request.Timeout, cancellationToken).ConfigureAwait(false);
            if (details is null && await IsLeftAloneAsync(runtime, kept, service, events, cancellationToken).ConfigureAwait(false))
            {
                return service;
            }

            NoteStop(service, details?.ExitCode);
            return details is null ? Gone(service) : ContainerServiceMapper.Map(details, ObservedStates.Nothing);
        }

        var volumes = request.RemoveData ? await VolumesOfAsync(runtime, service, request.RemovesVolume, cancellationToken).ConfigureAwait(false) : null;
        var removed = service.ContainerId is { } existing ? await stopper.RemoveAsync(existing, PatienceOf(request), volumes, cancellationToken).ConfigureAwait(false) : null;
        _services.Resets.Forget(new ServiceKey(service.Name, service.Instance));
        if (service.ContainerId is { } id)
        {
            if (removed is null && await IsLeftAloneAsync(runtime, id, service, events, cancellationToken).ConfigureAwait(false))
            {
                return service;
            }

            NoteStop(service, null);
            if (removed is not null && Labels.ValueOf(removed.Labels, Labels.RemovesImage) is not null)
            {
                await new BuiltImages(runtime).RemoveUnusedAsync(removed.Image, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var volume in volumes ?? [])
        {
            await runtime.RemoveVolumeAsync(volume, cancellationToken).ConfigureAwait(false);
        }

        return Gone(service);
    }

    // What was not found to be ours is gone, or is somebody's.
    private static async Task<bool> IsLeftAloneAsync(IContainerRuntime runtime, string id, Service service, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        if (await runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false) is not { } foreign)
        {
            return false;
        }

        events.Report(new Degraded(service.ContainerName, $"The container '{foreign.Name}' is left alone: it was renamed, or has its labels from its image."));
        return true;
    }

    private static StopPatience PatienceOf(StopRequest request) => new(request.Timeout, request.LongestGrace);

    private static async Task<IReadOnlyList<string>> VolumesOfAsync(
        IContainerRuntime runtime, Service service, Func<IReadOnlyDictionary<string, string>, bool>? removes, CancellationToken cancellationToken)
    {
        var volumes = await new VolumeKeeper(runtime).FindAsync(new ServiceKey(service.Name, service.Instance), cancellationToken).ConfigureAwait(false);
        return volumes.Where(volume => removes?.Invoke(volume.Labels) != false).Select(volume => volume.Name).ToList();
    }

    private async Task<Service> StopProcessAsync(Service service, StopRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var key = new ServiceKey(service.Name, service.Instance);
        var grace = PatienceOf(request).For(_services.DefinitionOf(service)?.StopGrace ?? TimeSpan.Zero);
        var held = await _host.Registry.LockAsync(key.ContainerName, grace + LockMargin, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            if (await _host.Registry.ReadAsync(key.ContainerName, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                await new HostStopper(_host, _services.Time, events).EndAsync(entry, PatienceOf(request), cancellationToken).ConfigureAwait(false);
                // Should the start that made it have died, this was what it had left.
                _services.Operations.Complete(entry.Operation);
                if (request.Keep)
                {
                    await _host.Registry.WriteAsync(entry with { IsKept = true }, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await _host.ForgetAsync(entry).ConfigureAwait(false);
                }
            }

            if (request.RemoveData)
            {
                await HostFolders.RemoveAsync(_host.Paths.DataRoot(key), _host.Time).ConfigureAwait(false);
            }
        }

        return Gone(service) with { State = request.Keep ? ServiceState.Stopped : ServiceState.NotCreated };
    }

    // The daemon tells that it ended, but not that somebody wanted it.
    private void NoteStop(Service service, int? exitCode)
    {
        if (service.State is ServiceState.Running or ServiceState.Starting or ServiceState.Paused)
        {
            _host.Activity?.Stopped(new ServiceKey(service.Name, service.Instance), ServiceMode.Docker, exitCode);
        }
    }

    private async Task RemoveNetworksAsync(IContainerRuntime runtime, IReadOnlyList<Service> stopped, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var left = await _services.Observer.ObserveAsync(runtime, cancellationToken).ConfigureAwait(false);
        var inUse = left.Containers.Select(container => ContainerLabels.InstanceOf(container.Labels)).ToHashSet();
        foreach (var instance in stopped.Select(service => service.Instance).Distinct().Where(instance => !inUse.Contains(instance)))
        {
            var key = new ServiceKey("", instance);
            if (left.Foreign.Any(container => container.Networks.Contains(key.NetworkName)))
            {
                // It may be started again, and then needs it.
                continue;
            }

            if (await new NetworkKeeper(runtime).RemoveIfUnusedAsync(key, cancellationToken).ConfigureAwait(false))
            {
                events.Report(new Noted(key.NetworkName, $"The network '{key.NetworkName}' was removed: no container uses it."));
            }
        }
    }

    private static Service Gone(Service service) => service with
    {
        State = ServiceState.NotCreated,
        Health = ServiceHealthStatus.Stopped,
        ContainerId = null,
        ProcessId = null,
        Ports = [],
        Endpoints = new Dictionary<string, string>(),
        ConnectionString = null,
        ConnectionStrings = new Dictionary<string, string>(),
    };
}
