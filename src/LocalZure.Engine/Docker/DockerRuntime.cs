using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>A container runtime that speaks the Docker Engine API.</summary>
internal sealed class DockerRuntime : IContainerRuntime
{
    private readonly DockerHttp _http;
    private readonly MachineClient _machine;
    private readonly ContainersClient _containers;
    private readonly ContainerWaiter _waiter;
    private readonly ContainerLogsClient _logs;
    private readonly ContainerStatsClient _stats;
    private readonly EventsClient _events;
    private readonly ContainerExecClient _exec;
    private readonly ContainerFilesClient _files;
    private readonly ImagesClient _images;
    private readonly NetworksClient _networks;
    private readonly VolumesClient _volumes;

    /// <summary>Creates one.</summary>
    /// <param name="info">What was learnt when the connection was made.</param>
    /// <param name="http">Sends the calls; owned by this.</param>
    /// <param name="credentials">Finds credentials of registries.</param>
    /// <param name="time">The clock.</param>
    public DockerRuntime(RuntimeInfo info, DockerHttp http, RegistryCredentials credentials, TimeProvider time)
    {
        Info = info;
        _http = http;
        var isPodman = info.EngineName == SystemClient.PodmanName;
        _machine = new MachineClient(http, hasId: !isPodman);
        _containers = new ContainersClient(http, time, removalAsksFirst: isPodman);
        _waiter = new ContainerWaiter(http, _containers.InspectAsync, time);
        _logs = new ContainerLogsClient(http, _containers.InspectAsync, piecesShareTimestamp: !isPodman);
        _stats = new ContainerStatsClient(http);
        _events = new EventsClient(http);
        _exec = new ContainerExecClient(http, time);
        _files = new ContainerFilesClient(http);
        _images = new ImagesClient(http, credentials);
        _networks = new NetworksClient(http);
        _volumes = new VolumesClient(http);
    }

    /// <inheritdoc/>
    public RuntimeInfo Info { get; }

    /// <inheritdoc/>
    public Task<RuntimeMachine> ReadMachineAsync(CancellationToken cancellationToken) => _machine.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(IReadOnlyList<string> labels, bool includeStopped, CancellationToken cancellationToken) =>
        _containers.ListAsync(labels, includeStopped, cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerDetails?> InspectContainerAsync(string idOrName, CancellationToken cancellationToken) =>
        _containers.InspectAsync(idOrName, cancellationToken);

    /// <inheritdoc/>
    public Task<string> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken) =>
        _containers.CreateAsync(spec, cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerBlueprint?> ReadBlueprintAsync(string id, IReadOnlyList<string> files, CancellationToken cancellationToken) =>
        _containers.ReadBlueprintAsync(id, files, cancellationToken);

    /// <inheritdoc/>
    public Task<string> CreateLikeAsync(ContainerBlueprint blueprint, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        _containers.CreateLikeAsync(blueprint, labels, cancellationToken);

    /// <inheritdoc/>
    public Task StartContainerAsync(string id, CancellationToken cancellationToken) =>
        _containers.StartAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> SignalContainerAsync(string id, string signal, CancellationToken cancellationToken) =>
        _containers.SignalAsync(id, signal, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RenameContainerAsync(string id, string name, CancellationToken cancellationToken) =>
        _containers.RenameAsync(id, name, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> PauseContainerAsync(string id, CancellationToken cancellationToken) =>
        _containers.PauseAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UnpauseContainerAsync(string id, CancellationToken cancellationToken) =>
        _containers.UnpauseAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<int?> WaitForExitAsync(string id, CancellationToken cancellationToken) =>
        _waiter.WaitAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveContainerAsync(string id, CancellationToken cancellationToken) =>
        _containers.RemoveAsync(id, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ContainerLogLine> ReadLogAsync(string id, ContainerLogQuery query, CancellationToken cancellationToken) =>
        _logs.ReadAsync(id, query, cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerSample?> ReadSampleAsync(string id, CancellationToken cancellationToken) => _stats.ReadAsync(id, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<RuntimeEvent> ReadEventsAsync(DateTimeOffset since, DateTimeOffset? until, CancellationToken cancellationToken) =>
        _events.ReadAsync(since, until, cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerExecResult?> ExecuteAsync(string id, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        _exec.ExecuteAsync(id, command, new Dictionary<string, string>(), cancellationToken);

    /// <inheritdoc/>
    public Task<ContainerExecResult?> ExecuteAsync(string id, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        _exec.ExecuteAsync(id, command, environment, cancellationToken);

    /// <inheritdoc/>
    public Task CopyFilesAsync(string id, IReadOnlyList<ContainerFile> files, CancellationToken cancellationToken) => _files.WriteAsync(id, files, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ImageExistsAsync(string image, CancellationToken cancellationToken) =>
        _images.ExistsAsync(image, cancellationToken);

    /// <inheritdoc/>
    public Task<ImageSummary?> InspectImageAsync(string image, CancellationToken cancellationToken) => _images.InspectAsync(image, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveImageAsync(string image, CancellationToken cancellationToken) => _images.RemoveAsync(image, cancellationToken);

    /// <inheritdoc/>
    public Task PullImageAsync(string image, IProgress<PullProgress>? progress, CancellationToken cancellationToken) =>
        _images.PullAsync(image, progress, cancellationToken);

    /// <inheritdoc/>
    public Task BuildImageAsync(BuildSpec spec, IProgress<BuildProgress>? progress, CancellationToken cancellationToken) =>
        _images.BuildAsync(spec, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NetworkSummary>> ListNetworksAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        _networks.ListAsync(labels, cancellationToken);

    /// <inheritdoc/>
    public Task<NetworkSummary?> InspectNetworkAsync(string idOrName, CancellationToken cancellationToken) =>
        _networks.InspectAsync(idOrName, cancellationToken);

    /// <inheritdoc/>
    public Task<string> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        _networks.CreateAsync(name, labels, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveNetworkAsync(string idOrName, CancellationToken cancellationToken) =>
        _networks.RemoveAsync(idOrName, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<VolumeSummary>> ListVolumesAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        _volumes.ListAsync(labels, cancellationToken);

    /// <inheritdoc/>
    public Task<VolumeSummary> CreateVolumeAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        _volumes.CreateAsync(name, labels, cancellationToken);

    /// <inheritdoc/>
    public Task<VolumeSummary?> InspectVolumeAsync(string name, CancellationToken cancellationToken) =>
        _volumes.InspectAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveVolumeAsync(string name, CancellationToken cancellationToken) =>
        _volumes.RemoveAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
