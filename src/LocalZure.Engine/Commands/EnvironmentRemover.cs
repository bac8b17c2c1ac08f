using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Seeding;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>Removes an environment whole: services, data, networks, remembered ports. What is not ours is left alone.</summary>
internal sealed class EnvironmentRemover
{
    private readonly ServiceReader _reader;
    private readonly StopCommand _stop;
    private readonly LifecycleServices _services;

    /// <summary>Creates one.</summary>
    public EnvironmentRemover(ServiceReader reader, StopCommand stop, LifecycleServices services)
    {
        _reader = reader;
        _stop = stop;
        _services = services;
    }

    /// <summary>
    /// Removes everything of an instance that goes with the users of this home: what others have started in it, from another home,
    /// stays with its data.
    /// </summary>
    /// <inheritdoc cref="RemoveAsync(string?, TimeSpan?, bool, IProgress{LifecycleEvent}, CancellationToken)"/>
    public async Task RemoveEphemeralAsync(string name, TimeSpan? grace, bool withDocker, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var home = await _services.HomeIdentity.FindAsync(cancellationToken).ConfigureAwait(false);
        await RemoveAsync(name, grace, withDocker, new EnvironmentScope(name, labels => ContainerLabels.AreEphemeralOf(labels, home), IsWhole: false), events, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes everything of an instance, services before those that they need.</summary>
    /// <param name="name">The instance; null for the unnamed one.</param>
    /// <param name="grace">How long a service may take to end at most; null for as long as it wants.</param>
    /// <param name="withDocker">Whether it may have something in Docker, so that it is not gone as long as Docker is away.</param>
    /// <param name="events">Told what happens and what stays.</param>
    /// <param name="cancellationToken">Ends the call; what is not removed by then stays.</param>
    /// <exception cref="LocalZureException">The first thing that stood in the way; the rest is gone.</exception>
    public Task RemoveAsync(string? name, TimeSpan? grace, bool withDocker, IProgress<LifecycleEvent> events, CancellationToken cancellationToken) =>
        RemoveAsync(name, grace, withDocker, new EnvironmentScope(name, _ => true, IsWhole: true), events, cancellationToken);

    private async Task RemoveAsync(string? name, TimeSpan? grace, bool withDocker, EnvironmentScope scope, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var query = new ServiceQuery { Instance = name ?? "", IncludeStopped = true, IncludeData = true };
        var (services, observation) = await _reader.FindAsync(query, events, cancellationToken).ConfigureAwait(false);
        if (observation.Runtime is { } before)
        {
            // They hold on to the volumes.
            var own = new OwnContainers(before);
            foreach (var container in observation.State.SetAside.Where(container => scope.Holds(container.Labels)))
            {
                await own.RemoveAsync(container.Id, cancellationToken).ConfigureAwait(false);
            }
        }

        services = scope.Of(services, observation.State);
        var request = new StopRequest { Services = services, RemoveData = true, LongestGrace = grace, RemovesVolume = labels => scope.Holds(labels) };
        var outcomes = await _stop.RunAsync(request, events, cancellationToken).ConfigureAwait(false);
        if (observation.Runtime is { } runtime)
        {
            await RemoveRestAsync(runtime, scope, services, events, cancellationToken).ConfigureAwait(false);
        }

        await ForgetAsync(services, name, cancellationToken).ConfigureAwait(false);
        if (outcomes.FirstOrDefault(outcome => outcome.Error is not null)?.Error is { } failure)
        {
            throw failure;
        }

        if (withDocker && observation.DockerFailure is { } away)
        {
            throw away;
        }
    }

    // What belongs to no service any more: volumes of a start that died, and the networks.
    private static async Task RemoveRestAsync(IContainerRuntime runtime, EnvironmentScope scope, IReadOnlyList<Service> removed, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var volumes = await runtime.ListVolumesAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false);
        foreach (var volume in volumes.Where(volume => Ownership.IsOurs(volume) && (scope.Holds(volume.Labels) || IsMarkerOf(volume, removed))))
        {
            await TryAsync($"The volume '{volume.Name}' stays", "mounts it", runtime, scope, () => runtime.RemoveVolumeAsync(volume.Name, cancellationToken), events, cancellationToken).ConfigureAwait(false);
        }

        var networks = await runtime.ListNetworksAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false);
        foreach (var network in networks.Where(network => Ownership.IsOurs(network) && scope.Holds(network.Labels)))
        {
            await TryAsync($"The network '{network.Name}' stays", "is in it", runtime, scope, () => runtime.RemoveNetworkAsync(network.Id, cancellationToken), events, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task TryAsync(string refusal, string use, IContainerRuntime runtime, EnvironmentScope scope, Func<Task<bool>> remove, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await remove().ConfigureAwait(false);
        }
        catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.InUse)
        {
            // Made since everything was stopped, by a start that goes on at the same time.
            var containers = await runtime.ListContainersAsync(Labels.OnlyManaged, includeStopped: true, cancellationToken).ConfigureAwait(false);
            var ours = containers.Where(container => Ownership.IsOurs(container) && ContainerLabels.InstanceOf(container.Labels) == scope.Instance).ToList();
            events.Report(new Degraded(null, ours.Find(container => scope.Holds(container.Labels)) is { } late
                ? $"{refusal}: '{late.Name}' was started in the meantime and {use}. Remove the environment again when that start is over."
                : ours.Count > 0 ? $"{refusal}: '{ours[0].Name}', which was started from another LocalZure home, {use}."
                : $"{refusal}: a container that LocalZure did not create {use}."));
        }
    }

    private async Task ForgetAsync(IReadOnlyList<Service> services, string? name, CancellationToken cancellationToken)
    {
        // A service that was stopped and left no data may still have its ports remembered.
        foreach (var service in services.Select(service => service.Name).Concat(ServiceCatalog.All.Select(service => service.Name)).Distinct(StringComparer.Ordinal))
        {
            _services.PortMemory.Forget(new ServiceKey(service, name).ContainerName);
            _services.Resets.Forget(new ServiceKey(service, name));
        }

        // Services of a project's own too.
        var resets = await _services.Resets.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        foreach (var key in resets.Values.Select(reset => reset.Key).OfType<ServiceKey>().Where(key => key.Instance == name))
        {
            _services.Resets.Forget(key);
        }

        var operations = await _services.Operations.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        foreach (var operation in operations.Values.Where(operation => operation.Instance == name && OwnerIdentity.Judge(operation.Owner) == OwnerState.Dead))
        {
            _services.Operations.Complete(operation.Id);
        }
    }

    /// <summary>Removes the locks that an environment leaves whose name nobody will use again; one that somebody holds stays.</summary>
    public void ForgetLocks(string name)
    {
        foreach (var folder in new[] { Path.Combine(_services.Home, "locks"), Path.Combine(_services.Home, "hosts") }.Where(Directory.Exists))
        {
            foreach (var file in Directory.GetFiles(folder, $"*-{name}.*lock"))
            {
                FileLock.DeleteUnlessHeld(file);
            }
        }
    }

    // What remembers the init hooks of a service goes with the service.
    private static bool IsMarkerOf(VolumeSummary volume, IReadOnlyList<Service> removed) =>
        SeedVolumes.IsMarker(volume) && removed.Any(service => service.Mode != ServiceMode.Host && ContainerLabels.KeyOf(volume.Labels) == new ServiceKey(service.Name, service.Instance));
}
