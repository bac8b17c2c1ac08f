namespace LocalZure.Engine.Containers;

/// <summary>
/// What the engine needs from a container runtime, in the engine's words. Calls that do not find their object
/// answer with null or false; every other failure is a <see cref="ContainerRuntimeException"/> or, when the
/// runtime itself cannot be reached any more, a <see cref="LocalZureException"/> with
/// <see cref="ErrorCode.DockerUnavailable"/>.
/// </summary>
internal interface IContainerRuntime : IAsyncDisposable
{
    /// <summary>What was learnt when the connection was made.</summary>
    RuntimeInfo Info { get; }

    /// <summary>Reads about the machine that it runs on.</summary>
    Task<RuntimeMachine> ReadMachineAsync(CancellationToken cancellationToken);

    /// <summary>Lists containers, in one call.</summary>
    /// <param name="labels">Only those that carry all of these labels, each <c>key</c> or <c>key=value</c>; empty lists all.</param>
    /// <param name="includeStopped">Also those that do not run.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(IReadOnlyList<string> labels, bool includeStopped, CancellationToken cancellationToken);

    /// <summary>Reads one container by id or name; null when there is none.</summary>
    Task<ContainerDetails?> InspectContainerAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>Creates a container, copies its files into it and answers with its id. A taken name is <see cref="RuntimeFailure.Conflict"/>, a missing image <see cref="RuntimeFailure.ImageMissing"/>.</summary>
    Task<string> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken);

    /// <summary>Reads everything that makes a container; null when it is gone.</summary>
    /// <param name="id">The container.</param>
    /// <param name="files">The paths of the files that were copied into it.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    Task<ContainerBlueprint?> ReadBlueprintAsync(string id, IReadOnlyList<string> files, CancellationToken cancellationToken);

    /// <summary>Creates a container like the one of a blueprint, which must be gone by then, and answers with its id. Its layer and its anonymous volumes are empty.</summary>
    /// <param name="blueprint">What it is like.</param>
    /// <param name="labels">Labels that it has on top or instead.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<string> CreateLikeAsync(ContainerBlueprint blueprint, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>Starts a container; one that runs already is left as it is. A port that cannot be bound is <see cref="RuntimeFailure.PortUnavailable"/>.</summary>
    Task StartContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Sends a signal, for example <c>SIGTERM</c>; false when the container is gone or does not run.</summary>
    Task<bool> SignalContainerAsync(string id, string signal, CancellationToken cancellationToken);

    /// <summary>Gives a container another name; false when it is gone. A taken name is <see cref="RuntimeFailure.Conflict"/>.</summary>
    Task<bool> RenameContainerAsync(string id, string name, CancellationToken cancellationToken);

    /// <summary>Freezes all processes of a container; false when it is gone, does not run or is frozen already.</summary>
    Task<bool> PauseContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Thaws a frozen container; false when it is gone or not frozen.</summary>
    Task<bool> UnpauseContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Waits until the container does not run and answers with its exit code; null when it is gone.</summary>
    Task<int?> WaitForExitAsync(string id, CancellationToken cancellationToken);

    /// <summary>Kills and removes a container with its anonymous volumes; false when it was gone already.</summary>
    Task<bool> RemoveContainerAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads or follows a container's output; ends when the output does, or at once when the container is gone.</summary>
    IAsyncEnumerable<ContainerLogLine> ReadLogAsync(string id, ContainerLogQuery query, CancellationToken cancellationToken);

    /// <summary>Measures what a container uses at this moment; null when it is gone or does not run.</summary>
    Task<ContainerSample?> ReadSampleAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Reads what has happened to containers, ours or not, and which images were pulled, in the order of the engine. Docker keeps
    /// the last 256 events of all kinds and none over its own restart.
    /// </summary>
    /// <param name="since">The first moment.</param>
    /// <param name="until">The last moment; null goes on with what comes, until the connection breaks.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<RuntimeEvent> ReadEventsAsync(DateTimeOffset since, DateTimeOffset? until, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a command in a running container, without a shell, to its end; null when the container is gone or does not run. A
    /// program that cannot be run is an exit code (126, 127) or a refusal, as the runtime has it. Cancelled, the call ends but
    /// the command goes on: runtimes cannot end one.
    /// </summary>
    /// <param name="id">The container.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Variables on top of the container's own; the only place for secrets.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ContainerExecResult?> ExecuteAsync(string id, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken);

    /// <inheritdoc cref="ExecuteAsync(string, IReadOnlyList{string}, IReadOnlyDictionary{string, string}, CancellationToken)"/>
    Task<ContainerExecResult?> ExecuteAsync(string id, IReadOnlyList<string> command, CancellationToken cancellationToken);

    /// <summary>Copies files into a container, which may run; folders that are missing are made.</summary>
    /// <param name="id">The container.</param>
    /// <param name="files">The files; every user of the container may read them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task CopyFilesAsync(string id, IReadOnlyList<ContainerFile> files, CancellationToken cancellationToken);

    /// <summary>Whether an image is on this engine.</summary>
    Task<bool> ImageExistsAsync(string image, CancellationToken cancellationToken);

    /// <summary>An image; null when it is not on this engine.</summary>
    /// <param name="image">Its name or id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ImageSummary?> InspectImageAsync(string image, CancellationToken cancellationToken);

    /// <summary>Removes a name of an image, and the image with its last name; false when it was not there.</summary>
    /// <param name="image">The name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ContainerRuntimeException">A container, running or not, was made from it.</exception>
    Task<bool> RemoveImageAsync(string image, CancellationToken cancellationToken);

    /// <summary>Pulls an image, reporting bytes per layer as they come.</summary>
    /// <exception cref="LocalZureException">ImageNotFound, ImagePullFailed, RegistryRateLimited, RegistryUnauthorized, ImageArchitectureMismatch or DiskFull.</exception>
    Task PullImageAsync(string image, IProgress<PullProgress>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// Builds an image, reporting steps and lines as they come. Cancelled, the engine ends the step that runs. A step that fails is
    /// <see cref="ErrorCode.BuildFailed"/> with the last lines, a base image that cannot be had the error of its pull.
    /// </summary>
    Task BuildImageAsync(BuildSpec spec, IProgress<BuildProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Lists networks that carry all of the labels.</summary>
    Task<IReadOnlyList<NetworkSummary>> ListNetworksAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken);

    /// <summary>Reads one network by id or name, with the containers in it; null when there is none.</summary>
    Task<NetworkSummary?> InspectNetworkAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>Creates a bridge network and answers with its id. A taken name is <see cref="RuntimeFailure.Conflict"/>.</summary>
    Task<string> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>Removes a network; false when it was gone already. One in use is <see cref="RuntimeFailure.InUse"/>.</summary>
    Task<bool> RemoveNetworkAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>Lists volumes that carry all of the labels.</summary>
    Task<IReadOnlyList<VolumeSummary>> ListVolumesAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken);

    /// <summary>Creates a volume, or answers with the one that has the name already, whoever made it: look at its labels.</summary>
    Task<VolumeSummary> CreateVolumeAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>Reads one volume; null when there is none.</summary>
    Task<VolumeSummary?> InspectVolumeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes a volume; false when it was gone already. One in use is <see cref="RuntimeFailure.InUse"/>.</summary>
    Task<bool> RemoveVolumeAsync(string name, CancellationToken cancellationToken);
}
