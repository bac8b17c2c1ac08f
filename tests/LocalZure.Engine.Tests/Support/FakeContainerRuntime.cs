using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;

namespace LocalZure.Engine.Tests.Support;

/// <summary>A container runtime in memory that refuses what the Docker daemon refuses. Any call can be made to fail, wait or be cancelled.</summary>
internal sealed class FakeContainerRuntime : IContainerRuntime
{
    private readonly object _gate = new();
    private readonly List<FakeContainer> _containers = [];
    private readonly List<NetworkSummary> _networks = [];
    private readonly List<VolumeSummary> _volumes = [];
    private readonly List<ContainerSpec> _blueprints = [];
    private readonly ConcurrentQueue<FakeCall> _calls = new();
    private readonly ConcurrentQueue<Action> _late = new();
    private int _ids;
    private int _callNumber;

    /// <summary>Asked before a call has any effect.</summary>
    public Func<FakeCall, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Asked when a call has had its effect, before it answers.</summary>
    public Func<FakeCall, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a container does once it was started.</summary>
    public Action<FakeContainer> OnStart { get; set; } = _ => { };

    /// <summary>What a container does with a signal other than SIGKILL. Ends like one that heeds SIGTERM unless a test wants otherwise.</summary>
    public Action<FakeContainer, string> OnSignal { get; set; } = (container, _) => container.End(143);

    /// <summary>How a command in a container ends; null from it is a container that does not run.</summary>
    public Func<FakeContainer, IReadOnlyList<string>, ContainerExecResult?> OnExecute { get; set; } = (_, _) => new ContainerExecResult(0, []);

    /// <summary>What a running container uses.</summary>
    public Func<FakeContainer, ContainerSample?> OnSample { get; set; } = _ => null;

    /// <summary>What has happened between two moments, or happens from one on.</summary>
    public Func<DateTimeOffset, DateTimeOffset?, IAsyncEnumerable<RuntimeEvent>> OnEvents { get; set; } = (_, _) => Array.Empty<RuntimeEvent>().Async();

    /// <summary>The images it has; null for every image.</summary>
    public HashSet<string>? Images { get; set; }

    /// <summary>Host ports that are taken by something outside.</summary>
    public HashSet<int> TakenPorts { get; } = [];

    /// <summary>Whether a network may be created although its name is taken, as two daemons' clients can at the same moment.</summary>
    public bool AllowsTwoNetworksOfAName { get; set; }

    /// <summary>Whether a call that is cancelled on its way has its effect all the same, at <see cref="HappenLate"/>: the daemon need not notice that nobody listens.</summary>
    public bool CutOffCallsHappenLate { get; set; }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public RuntimeInfo Info { get; } = new("fake://", "Fake Engine", "1.0", "1.41", "linux", "amd64");

    public IReadOnlyList<FakeCall> Calls => [.. _calls];

    public IReadOnlyList<FakeContainer> Containers => Locked(() => _containers.ToList());

    public IReadOnlyList<NetworkSummary> Networks => Locked(() => _networks.ToList());

    public IReadOnlyList<VolumeSummary> Volumes => Locked(() => _volumes.ToList());

    public FakeContainer Container(string name) => Containers.Single(container => container.Name == name);

    /// <summary>Everything there is, one line each, to compare before and after.</summary>
    public IReadOnlyList<string> Everything() =>
    [
        .. Containers.Select(container => $"container {container.Name} {container.Id[..12]} {container.State}").Order(StringComparer.Ordinal),
        .. Networks.Select(network => $"network {network.Name} {network.Id[..12]}").Order(StringComparer.Ordinal),
        .. Volumes.Select(volume => $"volume {volume.Name}").Order(StringComparer.Ordinal),
    ];

    public FakeContainer Add(ContainerSpec spec, bool running = true)
    {
        var container = new FakeContainer { Id = NewId(), Spec = spec, ImageId = ImageContents.GetValueOrDefault(spec.Image)?.Id ?? spec.Image, CreatedAt = Now };
        Locked(() => _containers.Add(container));
        if (running)
        {
            container.Start(Now);
        }

        return container;
    }

    public NetworkSummary AddNetwork(string name, IReadOnlyDictionary<string, string> labels, DateTimeOffset? createdAt = null)
    {
        var network = new NetworkSummary(NewId(), name, labels, createdAt ?? Now, []);
        Locked(() => _networks.Add(network));
        return network;
    }

    public void AddVolume(string name, IReadOnlyDictionary<string, string> labels) => Locked(() => _volumes.Add(new VolumeSummary(name, labels, Now)));

    /// <summary>Lets calls that were cut off have their effect.</summary>
    public void HappenLate()
    {
        while (_late.TryDequeue(out var effect))
        {
            try
            {
                effect();
            }
            catch (ContainerRuntimeException)
            {
                // Refused, as it would be by the daemon; nobody is told.
            }
        }
    }

    /// <summary>Removes a container as somebody else would.</summary>
    public void Take(FakeContainer container)
    {
        Locked(() => _containers.Remove(container));
        container.Vanish();
    }

    /// <summary>The machine it says it runs on.</summary>
    public RuntimeMachine Machine { get; set; } = new("linux/amd64", 16L << 30);

    public Task<RuntimeMachine> ReadMachineAsync(CancellationToken cancellationToken) => CallAsync("", () => Machine, cancellationToken);

    public Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(IReadOnlyList<string> labels, bool includeStopped, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<ContainerSummary>>("", () => Containers.Where(container => Has(container.Spec.Labels, labels) && (includeStopped || container.IsRunning)).Select(ToSummary).ToList(), cancellationToken);

    public Task<ContainerDetails?> InspectContainerAsync(string idOrName, CancellationToken cancellationToken) =>
        CallAsync(NameOf(idOrName), () => Find(idOrName) is { } container ? ToDetails(container) : null, cancellationToken);

    public Task<string> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken) => CallAsync(spec.Name, () => Locked(() =>
    {
        if (Images is not null && !Images.Contains(spec.Image))
        {
            throw new ContainerRuntimeException(RuntimeFailure.ImageMissing, $"No such image: {spec.Image}", 404);
        }

        return _containers.Exists(container => container.Name == spec.Name)
            ? throw new ContainerRuntimeException(RuntimeFailure.Conflict, $"The container name '/{spec.Name}' is already in use", 409)
            : Add(spec, running: false).Id;
    }), cancellationToken);

    public Task<ContainerBlueprint?> ReadBlueprintAsync(string id, IReadOnlyList<string> files, CancellationToken cancellationToken) =>
        CallAsync(NameOf(id), () => Find(id) is { } container ? new ContainerBlueprint(container.Name, Keep(container.Spec), container.Spec.Files.Where(file => files.Contains(file.Path)).ToList()) : null, cancellationToken);

    private JsonObject Keep(ContainerSpec spec) => Locked(() =>
    {
        _blueprints.Add(spec);
        return new JsonObject { ["spec"] = _blueprints.Count - 1 };
    });

    public Task<string> CreateLikeAsync(ContainerBlueprint blueprint, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) => CallAsync(blueprint.Name, () => Locked(() =>
    {
        var spec = _blueprints[(int)blueprint.Content["spec"]!];
        var all = new Dictionary<string, string>(spec.Labels);
        labels.ToList().ForEach(label => all[label.Key] = label.Value);
        if (Images is not null && !Images.Contains(spec.Image))
        {
            throw new ContainerRuntimeException(RuntimeFailure.ImageMissing, $"No such image: {spec.Image}", 404);
        }

        return _containers.Exists(container => container.Name == blueprint.Name)
            ? throw new ContainerRuntimeException(RuntimeFailure.Conflict, $"The container name '/{blueprint.Name}' is already in use", 409)
            : Add(spec with { Name = blueprint.Name, Labels = all, Files = blueprint.Files }, running: false).Id;
    }), cancellationToken);

    public Task StartContainerAsync(string id, CancellationToken cancellationToken) => CallAsync(NameOf(id), () =>
    {
        var container = Find(id) ?? throw new ContainerRuntimeException(RuntimeFailure.ContainerMissing, $"No such container: {id}", 404);
        if (container.Spec.Network is { } network && Networks.Count(candidate => candidate.Name == network) != 1)
        {
            throw new ContainerRuntimeException(RuntimeFailure.NetworkMissing, $"network {network} not found", 404);
        }

        var taken = container.Spec.Ports.FirstOrDefault(port => TakenPorts.Contains(port.HostPort) || Containers.Any(other => other != container && other.IsRunning && other.Spec.Ports.Any(held => held.HostPort == port.HostPort)));
        if (taken is not null)
        {
            throw new ContainerRuntimeException(RuntimeFailure.PortUnavailable, $"driver failed programming external connectivity on endpoint {container.Name}: Bind for {taken.HostAddress}:{taken.HostPort} failed: port is already allocated", 500);
        }

        container.Start(Now);
        OnStart(container);
        return true;
    }, cancellationToken);

    public Task<bool> SignalContainerAsync(string id, string signal, CancellationToken cancellationToken) => CallAsync($"{NameOf(id)} {signal}", () =>
    {
        if (Find(id) is not { IsRunning: true } container)
        {
            return false;
        }

        if (signal == "SIGKILL")
        {
            container.End(137);
        }
        else
        {
            OnSignal(container, signal);
        }

        return true;
    }, cancellationToken);

    public Task<bool> RenameContainerAsync(string id, string name, CancellationToken cancellationToken) => CallAsync($"{NameOf(id)} {name}", () => Locked(() =>
    {
        if (_containers.Exists(container => container.Name == name))
        {
            throw new ContainerRuntimeException(RuntimeFailure.Conflict, $"The container name '/{name}' is already in use", 409);
        }

        var container = _containers.Find(container => container.Id == id);
        container?.Rename(name);
        return container is not null;
    }), cancellationToken);

    public Task<bool> PauseContainerAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(NameOf(id), () => Find(id)?.Change(ContainerState.Running, ContainerState.Paused) ?? false, cancellationToken);

    public Task<bool> UnpauseContainerAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(NameOf(id), () => Find(id)?.Change(ContainerState.Paused, ContainerState.Running) ?? false, cancellationToken);

    public async Task<int?> WaitForExitAsync(string id, CancellationToken cancellationToken) =>
        await (await CallAsync(NameOf(id), () => Find(id)?.Ended ?? Task.FromResult<int?>(null), cancellationToken)).WaitAsync(cancellationToken);

    public Task<bool> RemoveContainerAsync(string id, CancellationToken cancellationToken) => CallAsync(NameOf(id), () =>
    {
        if (Find(id) is not { } container)
        {
            return false;
        }

        Take(container);
        RemoveVolumesWithoutAName(container);
        return true;
    }, cancellationToken);

    // As an engine does: those that it has made itself for the container, which are not those that were mounted by their names.
    private void RemoveVolumesWithoutAName(FakeContainer container)
    {
        var byName = container.Spec.Labels.GetValueOrDefault(Labels.TakenOverVolumes)?.Split('\n') ?? [];
        var own = container.Spec.Mounts.Select(mount => mount.Source).Where(name => AnonymousVolumes.HasNoName(name) && !byName.Contains(name)).ToList();
        Locked(() => _volumes.RemoveAll(volume => own.Contains(volume.Name) && !_containers.Exists(other => other.Spec.Mounts.Any(mount => mount.Source == volume.Name))));
    }

    public async IAsyncEnumerable<ContainerLogLine> ReadLogAsync(string id, ContainerLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await CallAsync(NameOf(id), () => Find(id), cancellationToken) is { } container)
        {
            await foreach (var line in container.ReadAsync(query, cancellationToken))
            {
                yield return line;
            }
        }
    }

    public Task<ContainerSample?> ReadSampleAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(NameOf(id), () => Find(id) is { IsRunning: true } container ? OnSample(container) : null, cancellationToken);

    public async IAsyncEnumerable<RuntimeEvent> ReadEventsAsync(DateTimeOffset since, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in (await CallAsync("", () => OnEvents(since, until), cancellationToken)).WithCancellation(cancellationToken))
        {
            yield return happened;
        }
    }

    public Task<ContainerExecResult?> ExecuteAsync(string id, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        CallAsync(NameOf(id), () => Find(id) is { IsRunning: true } container ? OnExecute(container, command) : null, cancellationToken);

    public Task<ContainerExecResult?> ExecuteAsync(string id, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        ExecuteAsync(id, command, cancellationToken);

    /// <summary>The files that were copied into running containers, by their paths.</summary>
    public ConcurrentDictionary<string, string> CopiedFiles { get; } = new();

    public Task CopyFilesAsync(string id, IReadOnlyList<ContainerFile> files, CancellationToken cancellationToken) => CallAsync(NameOf(id), () =>
    {
        foreach (var file in files)
        {
            CopiedFiles[file.Path] = System.Text.Encoding.UTF8.GetString(file.Content.Span);
        }

        return Find(id) is not null;
    }, cancellationToken);

    public Task<bool> ImageExistsAsync(string image, CancellationToken cancellationToken) => CallAsync(image, () => Locked(() => Images?.Contains(image) ?? true), cancellationToken);

    /// <summary>What images hold that are more than a name, by name; an id is the name that it had when a container was made.</summary>
    public Dictionary<string, ImageSummary> ImageContents { get; } = new(StringComparer.Ordinal);

    public Task<ImageSummary?> InspectImageAsync(string image, CancellationToken cancellationToken) => CallAsync(image, () => Locked(() => ImageContents.GetValueOrDefault(image)), cancellationToken);

    public Task<bool> RemoveImageAsync(string image, CancellationToken cancellationToken) => CallAsync(image, () => Locked(() =>
        _containers.Exists(container => container.Spec.Image == image)
            ? throw new ContainerRuntimeException(RuntimeFailure.Conflict, $"conflict: unable to remove repository reference \"{image}\" (must force)", 409)
            : (Images?.Remove(image) ?? true) | ImageContents.Remove(image)), cancellationToken);

    public Task PullImageAsync(string image, IProgress<PullProgress>? progress, CancellationToken cancellationToken) => CallAsync(image, () =>
    {
        progress?.Report(new PullProgress(image, "a1", "Downloading", 5_000_000, 10_000_000));
        return Locked(() => Images?.Add(image));
    }, cancellationToken);

    /// <summary>Called by a build.</summary>
    public Action<BuildSpec> OnBuild { get; set; } = _ => { };

    public Task BuildImageAsync(BuildSpec spec, IProgress<BuildProgress>? progress, CancellationToken cancellationToken) => CallAsync(spec.Tag, () =>
    {
        progress?.Report(new BuildProgress(1, 2, "FROM scratch", null));
        OnBuild(spec);
        return Locked(() => Images?.Add(spec.Tag));
    }, cancellationToken);

    public Task<IReadOnlyList<NetworkSummary>> ListNetworksAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<NetworkSummary>>("", () => Networks.Where(network => Has(network.Labels, labels)).ToList(), cancellationToken);

    public Task<NetworkSummary?> InspectNetworkAsync(string idOrName, CancellationToken cancellationToken) =>
        CallAsync(idOrName, () => Networks.FirstOrDefault(network => network.Id == idOrName || network.Name == idOrName) is { } network
            ? network with { ContainerIds = Containers.Where(container => container.IsRunning && container.Spec.Network == network.Name).Select(container => container.Id).ToList() }
            : null, cancellationToken);

    public Task<string> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) => CallAsync(name, () => Locked(() =>
        !AllowsTwoNetworksOfAName && _networks.Exists(network => network.Name == name)
            ? throw new ContainerRuntimeException(RuntimeFailure.Conflict, $"network with name {name} already exists", 409)
            : AddNetwork(name, labels).Id), cancellationToken);

    public Task<bool> RemoveNetworkAsync(string idOrName, CancellationToken cancellationToken) => CallAsync(idOrName, () => Locked(() =>
    {
        var network = _networks.Find(candidate => candidate.Id == idOrName || candidate.Name == idOrName);
        return network is not null && _containers.Exists(container => container.IsRunning && container.Spec.Network == network.Name) && _networks.Count(candidate => candidate.Name == network.Name) == 1
            ? throw new ContainerRuntimeException(RuntimeFailure.InUse, $"network {network.Name} has active endpoints", 403)
            : network is not null && _networks.Remove(network);
    }), cancellationToken);

    public Task<IReadOnlyList<VolumeSummary>> ListVolumesAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<VolumeSummary>>("", () => Volumes.Where(volume => Has(volume.Labels, labels)).ToList(), cancellationToken);

    public Task<VolumeSummary> CreateVolumeAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) => CallAsync(name, () => Locked(() =>
    {
        if (!_volumes.Exists(volume => volume.Name == name))
        {
            AddVolume(name, labels);
        }

        return _volumes.Find(volume => volume.Name == name)!;
    }), cancellationToken);

    public Task<VolumeSummary?> InspectVolumeAsync(string name, CancellationToken cancellationToken) =>
        CallAsync(name, () => Volumes.FirstOrDefault(volume => volume.Name == name), cancellationToken);

    public Task<bool> RemoveVolumeAsync(string name, CancellationToken cancellationToken) => CallAsync(name, () => Locked(() =>
        _containers.Exists(container => container.Spec.Mounts.Any(mount => mount.Kind == MountKind.Volume && mount.Source == name))
            ? throw new ContainerRuntimeException(RuntimeFailure.InUse, $"volume {name} is in use", 409)
            : _volumes.RemoveAll(volume => volume.Name == name) > 0), cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool Has(IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> wanted) =>
        wanted.All(text => text.Split('=', 2) is [var name, .. var value] && labels.TryGetValue(name, out var found) && (value.Length == 0 || value[0] == found));

    private static ContainerSummary ToSummary(FakeContainer container) => new()
    {
        Id = container.Id,
        Name = container.Name,
        Image = container.Spec.Image,
        State = container.State,
        Labels = container.Spec.Labels,
        Ports = container is { IsRunning: true, HasPorts: true } ? container.Spec.Ports : [],
        Mounts = container.Spec.Mounts.Select(ToMount).ToList(),
        Networks = container.Spec.Network is { } network ? [network] : [],
        CreatedAt = container.CreatedAt,
    };

    private static ContainerDetails ToDetails(FakeContainer container) => new()
    {
        Id = container.Id,
        Name = container.Name,
        Image = container.Spec.Image,
        ImageId = container.ImageId,
        State = container.State,
        ExitCode = container.ExitCode,
        OutOfMemory = container.OutOfMemory,
        HealthStatus = container.HealthStatus,
        StartedAt = container.StartedAt,
        FinishedAt = container.FinishedAt,
        CreatedAt = container.CreatedAt,
        Environment = container.Spec.Environment,
        Labels = container.Spec.Labels,
        Ports = container is { IsRunning: true, HasPorts: true } ? container.Spec.Ports : [],
        Mounts = container.Spec.Mounts.Select(ToMount).ToList(),
        Networks = container.Spec.Network is { } network ? [network] : [],
    };

    private static ContainerMount ToMount(MountSpec mount) =>
        new(mount.Kind, mount.Kind == MountKind.Volume ? mount.Source : "", mount.Kind == MountKind.Bind ? mount.Source : "", mount.Target);

    private async Task<T> CallAsync<T>(string subject, Func<T> effect, CancellationToken cancellationToken, [CallerMemberName] string method = "")
    {
        var call = new FakeCall(Interlocked.Increment(ref _callNumber), method[..^"Async".Length], subject, cancellationToken);
        _calls.Enqueue(call);
        await Before(call);
        if (CutOffCallsHappenLate && cancellationToken.IsCancellationRequested)
        {
            _late.Enqueue(() => effect());
        }

        cancellationToken.ThrowIfCancellationRequested();
        var answer = effect();
        await After(call);
        cancellationToken.ThrowIfCancellationRequested();
        return answer;
    }

    private FakeContainer? Find(string idOrName) => Containers.FirstOrDefault(container => container.Id == idOrName || container.Name == idOrName);

    private string NameOf(string idOrName) => Find(idOrName)?.Name ?? (idOrName.Length == 64 ? "gone" : idOrName);

    private string NewId() => Interlocked.Increment(ref _ids).ToString("x12", CultureInfo.InvariantCulture).PadRight(64, 'f');

    private void Locked(Action act)
    {
        lock (_gate)
        {
            act();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
