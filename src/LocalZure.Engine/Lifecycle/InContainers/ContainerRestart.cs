using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>
/// Ends a container and starts the same one again. To be emptied it makes way for another one of the same settings: what is in
/// a container's own layer counts as data too, and a volume cannot be removed while a container mounts it.
/// </summary>
internal sealed class ContainerRestart : IServiceRestart
{
    private static readonly TimeSpan LockMargin = TimeSpan.FromSeconds(30);

    private readonly IContainerRuntime _runtime;
    private readonly LifecycleServices _services;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly DesiredService _desired;
    private readonly bool _empty;
    private readonly StartClock _clock;
    private string _id;
    private IReadOnlyList<ServicePort> _ports;
    private ContainerDetails? _before;
    private ContainerBlueprint? _blueprint;
    private string? _engine;
    private FileLock? _lock;

    /// <summary>Creates one. Nothing happens yet.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="services">What all starts share.</param>
    /// <param name="events">Told what happens.</param>
    /// <param name="desired">The service as its definition has it.</param>
    /// <param name="service">The service as it was found.</param>
    /// <param name="empty">Whether its data goes.</param>
    public ContainerRestart(IContainerRuntime runtime, LifecycleServices services, IProgress<LifecycleEvent> events, DesiredService desired, Service service, bool empty)
    {
        _runtime = runtime;
        _services = services;
        _events = events;
        _desired = desired;
        _empty = empty;
        _id = service.ContainerId!;
        _ports = service.Ports;
        _clock = new StartClock(services.Time);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _lock = await FileLock.AcquireAsync(_services.RestartLockFile(_desired.Key), (_desired.StartTimeout * 2) + LockMargin, _services.Time, cancellationToken).ConfigureAwait(false);
        _before = await new OwnContainers(_runtime).FindAsync(_id, cancellationToken).ConfigureAwait(false);
        if (_before is null)
        {
            throw StartFailures.Gone(_desired);
        }

        if (_empty)
        {
            await PrepareAsync(_before, cancellationToken).ConfigureAwait(false);
        }

        _ports = _ports.Count > 0 ? _ports : ContainerServiceMapper.Map(_before, ObservedStates.Nothing).Ports;
        await new ContainerStopper(_runtime, _services.Time, _events).StopAsync(_id, _desired.Definition, null, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Service> StartAsync(CancellationToken cancellationToken)
    {
        if (!_empty)
        {
            return await StartInPlaceAsync(cancellationToken).ConfigureAwait(false);
        }

        // Written down, so that another shell's start waits for the new container and does not take it for one left behind.
        var operation = await _services.BeginAsync(_desired, null, onHost: false, cancellationToken).ConfigureAwait(false);
        var (isRemoved, isUp) = (false, false);
        try
        {
            // Written down too: should this process die in between, the settings are nowhere else.
            await _services.Resets.WriteAsync(_desired.Key, await NoteAsync(operation, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            isRemoved = true;
            var failure = await MakeAnewAsync(operation).ConfigureAwait(false);

            // A stop of the last other service may have removed it while nothing was in it.
            if (_desired.Container.Network == NetworkKind.Bridge && _before!.Networks.Contains(_desired.Key.NetworkName))
            {
                await new NetworkKeeper(_runtime).EnsureAsync(_desired.Key, operation, _services.NetworkLockFile(_desired.Key), _services.Time, cancellationToken).ConfigureAwait(false);
            }

            var service = await StartInPlaceAsync(cancellationToken).ConfigureAwait(false);
            isUp = true;
            return failure is null ? service : throw StartFailures.NotEmptied(_desired, failure);
        }
        finally
        {
            // What has failed in between is finished by the next start.
            if (!isRemoved || isUp)
            {
                _services.Resets.Forget(_desired.Key);
            }

            _services.Operations.Complete(operation.Id);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lock is not null)
        {
            await _lock.DisposeAsync().ConfigureAwait(false);
        }
    }

    // All that the new container needs, before the old one is touched.
    private async Task PrepareAsync(ContainerDetails container, CancellationToken cancellationToken)
    {
        _engine = (await _runtime.ReadMachineAsync(cancellationToken).ConfigureAwait(false)).Id;
        _blueprint = await _runtime.ReadBlueprintAsync(_id, ContainerLabels.FilesOf(container.Labels), cancellationToken).ConfigureAwait(false) ?? throw StartFailures.Gone(_desired);
        if (!await _runtime.ImageExistsAsync(container.Image, cancellationToken).ConfigureAwait(false))
        {
            throw new LocalZureException(
                ErrorCode.ImageNotFound,
                $"{_desired.Key} was not reset: its image '{container.Image}' is not here any more, without which it cannot be made anew.",
                "Pull the image, or stop the service with -RemoveData and start it again.")
            { Service = _desired.Key.Name, Instance = _desired.Key.Instance };
        }
    }

    // Not cut off between the two: the settings would be lost with the old container. Data that cannot be removed is told when
    // the service runs again.
    private async Task<LocalZureException?> MakeAnewAsync(StartOperation operation)
    {
        LocalZureException? failure = null;
        await _runtime.RemoveContainerAsync(_id, CancellationToken.None).ConfigureAwait(false);
        try
        {
            await new DataVolumes(_runtime, _desired.Key, operation.Id, _events).EmptyAsync(_before!, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LocalZureException e)
        {
            failure = e;
        }

        var labels = new Dictionary<string, string> { [Labels.Operation] = operation.Id };
        _id = await _runtime.CreateLikeAsync(_blueprint!, labels, CancellationToken.None).ConfigureAwait(false);
        return failure;
    }

    private async Task<ResetNote> NoteAsync(StartOperation operation, CancellationToken cancellationToken)
    {
        var volumes = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        var takenOver = AnonymousVolumes.TakenOverBy(_before!);
        foreach (var mount in _before!.Mounts.Where(mount => mount.Kind == MountKind.Volume))
        {
            var volume = await _runtime.InspectVolumeAsync(mount.Name, cancellationToken).ConfigureAwait(false);
            if (volume is not null && (DataVolumes.IsOf(volume, _desired.Key) || takenOver.Contains(volume.Name, StringComparer.Ordinal)))
            {
                volumes[volume.Name] = volume.Labels;
            }
        }

        return new ResetNote(
            _blueprint!.Name,
            operation.Id,
            _id,
            _blueprint.Content,
            _blueprint.Files.ToDictionary(file => file.Path, file => Convert.ToBase64String(file.Content.Span), StringComparer.Ordinal),
            volumes,
            _desired.Container.Network == NetworkKind.Bridge && _before.Networks.Contains(_desired.Key.NetworkName))
        {
            Service = _desired.Key.Name,
            Instance = _desired.Key.Instance,
            Image = _before.Image,
            Engine = _engine,
        };
    }

    private async Task<Service> StartInPlaceAsync(CancellationToken cancellationToken)
    {
        var joiner = new ContainerJoiner(_runtime, _services, new ContainerReadiness(_runtime, _services.Time, _events), _events);
        try
        {
            var attempt = await joiner.StartInPlaceAsync(_id, _desired, _clock, cancellationToken).ConfigureAwait(false);
            return attempt.Service ?? throw StartFailures.Gone(_desired);
        }
        catch (ContainerRuntimeException e) when (e.Failure == RuntimeFailure.PortUnavailable)
        {
            var port = _ports.FirstOrDefault(port => port.HostPort > 0 && !PortAllocator.CanBind(port.HostAddress, port.HostPort, port.Protocol));
            throw port is null
                ? e
                : StartFailures.PortLost(_desired, port.HostPort, await PortHolderFinder.DescribeAsync(_runtime, port.HostPort, cancellationToken).ConfigureAwait(false), e);
        }
    }
}
