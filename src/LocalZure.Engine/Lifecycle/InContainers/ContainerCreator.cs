using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Creates a service's container with all that it needs, and starts it.</summary>
internal sealed class ContainerCreator
{
    private const int PortAttempts = 20;
    private const int NetworkAttempts = 10;

    private static readonly TimeSpan NetworkPause = TimeSpan.FromMilliseconds(50);

    private readonly IContainerRuntime _runtime;
    private readonly LifecycleServices _services;
    private readonly IProgress<LifecycleEvent> _events;
    private Task<ImageSummary?> _image = Task.FromResult<ImageSummary?>(null);

    /// <summary>Creates one.</summary>
    public ContainerCreator(IContainerRuntime runtime, LifecycleServices services, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _services = services;
        _events = events;
    }

    /// <summary>Creates and starts. What is half done when it fails carries the id of the start, by which it is undone.</summary>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="operation">The start.</param>
    /// <param name="replacement">The container it replaces, which is stopped once the new one is created; null when there is none.</param>
    /// <param name="clock">Told the times.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The container's id, or what got in the way when it has to be looked at again.</returns>
    public async Task<(string? Id, StartAttempt? Lost)> RunAsync(DesiredService desired, StartOperation operation, ContainerReplacement? replacement, StartClock clock, CancellationToken cancellationToken)
    {
        // A container can be created before its network is there, and only started afterwards: making a network takes longer.
        var network = EnsureNetworkAsync(desired.Key, operation, cancellationToken);
        _image = _runtime.InspectImageAsync(desired.Image, cancellationToken);
        try
        {
            await new VolumeKeeper(_runtime).EnsureAsync(desired, operation, cancellationToken).ConfigureAwait(false);
            return await RunAsync(desired, operation, replacement, network, clock, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Not before it is over: what it still creates would come after the clean-up.
            await network.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)_image).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(string? Id, StartAttempt? Lost)> RunAsync(DesiredService desired, StartOperation operation, ContainerReplacement? replacement, Task network, StartClock clock, CancellationToken cancellationToken)
    {
        var remembered = await _services.PortMemory.ReadAsync(desired.Key.ContainerName, cancellationToken).ConfigureAwait(false);
        var ports = new ContainerPorts(desired, _services.PortAllocator, remembered, _events);
        try
        {
            return await RunAsync(desired, operation, replacement, network, ports, clock, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ports.ReportReplaced();
        }
    }

    private async Task<(string? Id, StartAttempt? Lost)> RunAsync(DesiredService desired, StartOperation operation, ContainerReplacement? replacement, Task network, ContainerPorts ports, StartClock clock, CancellationToken cancellationToken)
    {
        var replaced = replacement is null ? null : await replacement.ReadAsync(cancellationToken).ConfigureAwait(false);
        var hasInit = desired.Container.HasInitProcess;
        for (var attempt = 1; ; attempt++)
        {
            string? id = null;
            try
            {
                var spec = ContainerSpecBuilder.InPlaceOf(replaced, ContainerSpecBuilder.Build(desired, ports.Chosen, operation)) with { HasInitProcess = hasInit };
                id = await CreateContainerAsync(desired, spec, clock, cancellationToken).ConfigureAwait(false);
                clock.Created();
                await network.ConfigureAwait(false);
                await (replacement?.StopOldAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
                await _runtime.StartContainerAsync(id, cancellationToken).ConfigureAwait(false);
                clock.Started();
                await _services.RememberPortsAsync(desired, ports.Chosen, _events).ConfigureAwait(false);
                return (id, null);
            }
            catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.Conflict)
            {
                return (null, await ConflictAsync(desired.Key, cancellationToken).ConfigureAwait(false));
            }
            catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.ContainerMissing)
            {
                return (null, StartAttempt.Lost("the container was removed by somebody else before it was started"));
            }
            catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.PortUnavailable && attempt < PortAttempts)
            {
                await ports.ReplaceAsync(e, port => PortHolderFinder.DescribeAsync(_runtime, port, cancellationToken)).ConfigureAwait(false);
            }
            catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.InitMissing && hasInit)
            {
                // It runs without as well, and may only take longer to end.
                hasInit = false;
                _events.Report(new Noted(desired.Key.ContainerName, $"The container engine has no init process to run {desired.Key} under ({e.Message}); it runs without."));
            }
            catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.NetworkMissing && attempt < NetworkAttempts)
            {
                // A stop that ended at this moment took the empty network with it, or somebody made a second one of the name and
                // has not removed it yet.
                await Task.Delay(NetworkPause * attempt, _services.Time, cancellationToken).ConfigureAwait(false);
                await EnsureNetworkAsync(desired.Key, operation, cancellationToken).ConfigureAwait(false);
            }

            if (id is not null)
            {
                // Just made by this call, never started: nothing goes with it.
                await _runtime.RemoveContainerAsync(id, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task EnsureNetworkAsync(ServiceKey key, StartOperation operation, CancellationToken cancellationToken) =>
        new NetworkKeeper(_runtime).EnsureAsync(key, operation, _services.NetworkLockFile(key), _services.Time, cancellationToken);

    private async Task<string> CreateContainerAsync(DesiredService desired, ContainerSpec spec, StartClock clock, CancellationToken cancellationToken)
    {
        try
        {
            _events.Report(new StepProgressed(spec.Name, "Starting", $"container of {spec.Image}"));
            return await CreateUncancelledAsync(ContainerSpecBuilder.ApartFrom(await _image.ConfigureAwait(false), spec), cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.ImageMissing)
        {
            await _services.Images.PullAsync(_runtime, desired, _services.Time, _events, cancellationToken).ConfigureAwait(false);
            clock.Pulled();
            _image = _runtime.InspectImageAsync(desired.Image, cancellationToken);
            return await CreateUncancelledAsync(ContainerSpecBuilder.ApartFrom(await _image.ConfigureAwait(false), spec), cancellationToken).ConfigureAwait(false);
        }
    }

    // A creation that is cut off may still happen, after the clean-up has looked. It takes milliseconds: it is let finish,
    // and what cancellation there is takes effect afterwards.
    private async Task<string> CreateUncancelledAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = await _runtime.CreateContainerAsync(spec, CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return id;
    }

    private async Task<StartAttempt> ConflictAsync(ServiceKey key, CancellationToken cancellationToken)
    {
        var holder = await _runtime.InspectContainerAsync(key.ContainerName, cancellationToken).ConfigureAwait(false);
        return holder is null || await new OwnContainers(_runtime).IsOursAsync(holder, cancellationToken).ConfigureAwait(false)
            ? StartAttempt.LostTheRace("another start created it first")
            : throw OwnContainers.Conflict(key, holder);
    }
}
