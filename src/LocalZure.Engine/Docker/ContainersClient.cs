using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;
using ContainerSpec = LocalZure.Engine.Containers.ContainerSpec;

namespace LocalZure.Engine.Docker;

/// <summary>The container calls of the Engine API.</summary>
internal sealed class ContainersClient
{
    private readonly DockerHttp _http;
    private readonly ContainerCreator _creator;
    private readonly ContainerFilesClient _files;
    private readonly ContainerRemover _remover;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="time">The clock.</param>
    /// <param name="removalAsksFirst">Whether a removal by force asks the container to end and waits for its stop timeout.</param>
    public ContainersClient(DockerHttp http, TimeProvider time, bool removalAsksFirst = false)
    {
        _http = http;
        _creator = new ContainerCreator(http, InspectAsync);
        _files = new ContainerFilesClient(http);
        _remover = new ContainerRemover(http, InspectAsync, time, removalAsksFirst);
    }

    /// <summary>The path of a container's calls.</summary>
    public static string PathOf(string idOrName) => "/containers/" + DockerQuery.Segment(idOrName);

    /// <summary>Whether a refusal says that the container is in no state for what was asked: Docker by its status, Podman by its words.</summary>
    /// <param name="refusal">The refusal of a call about one container that is there.</param>
    public static bool IsAboutTheState(ContainerRuntimeException refusal) =>
        refusal.StatusCode == (int)HttpStatusCode.Conflict
        || refusal.Message.Contains("container state improper", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc cref="IContainerRuntime.ListContainersAsync"/>
    public Task<IReadOnlyList<ContainerSummary>> ListAsync(IReadOnlyList<string> labels, bool includeStopped, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Get("/containers/json", DockerObject.Container, "list containers") with
        {
            Query = DockerQuery.Join(includeStopped ? "all=1" : "", DockerQuery.LabelFilter(labels)),
        };
        return _http.SendAsync(request, DockerJsonContext.Default.JsonDocument, ContainerListReader.Read, cancellationToken);
    }

    /// <inheritdoc cref="IContainerRuntime.InspectContainerAsync"/>
    public Task<ContainerDetails?> InspectAsync(string idOrName, CancellationToken cancellationToken) =>
        _http.FindAsync(
            DockerCall.Repeatable(DockerObject.Container, $"inspect the container '{idOrName}'"),
            (client, token) => client.Containers.InspectContainerAsync(DockerQuery.Segment(idOrName), token),
            ContainerMapper.Details,
            cancellationToken);

    /// <inheritdoc cref="IContainerRuntime.CreateContainerAsync"/>
    public async Task<string> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var id = await _creator.CreateAsync(spec, cancellationToken).ConfigureAwait(false);
        await _files.WriteAsync(id, spec.Files, cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <inheritdoc cref="IContainerRuntime.ReadBlueprintAsync"/>
    public async Task<ContainerBlueprint?> ReadBlueprintAsync(string id, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        // Not through the client library: the new container gets all of the old one's, also what the library does not know.
        var request = DockerRequest.Get(PathOf(id) + "/json", DockerObject.Container, $"inspect the container '{id}'");
        var body = await _http.FindAsync(request, DockerJsonContext.Default.JsonObject, cancellationToken).ConfigureAwait(false);
        return body is null ? null : ContainerLikeMapper.Read(body, await _files.ReadAsync(id, files, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc cref="IContainerRuntime.CreateLikeAsync"/>
    public async Task<string> CreateLikeAsync(ContainerBlueprint blueprint, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var id = await _creator.CreateAsync(blueprint.Name, ContainerLikeMapper.Body(blueprint, labels), cancellationToken).ConfigureAwait(false);
        await _files.WriteAsync(id, blueprint.Files, cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <inheritdoc cref="IContainerRuntime.StartContainerAsync"/>
    public Task StartAsync(string id, CancellationToken cancellationToken)
    {
        var call = DockerCall.Once(DockerObject.Container, $"start the container '{id}'") with
        {
            // A second start of a container that runs is answered with 304. A 500 is the container's own problem.
            Repeat = Repeat.WhenBroken,
            Limit = _http.Limits.Work,
        };
        return _http.TellAsync(call, (client, token) => client.Containers.StartContainerAsync(DockerQuery.Segment(id), parameters: null, token), cancellationToken);
    }

    /// <inheritdoc cref="IContainerRuntime.SignalContainerAsync"/>
    public async Task<bool> SignalAsync(string id, string signal, CancellationToken cancellationToken)
    {
        var parameters = new ContainerKillParameters { Signal = signal };
        try
        {
            return await _http.TryTellAsync(
                DockerCall.Once(DockerObject.Container, $"send {signal} to the container '{id}'"),
                (client, token) => client.Containers.KillContainerAsync(DockerQuery.Segment(id), parameters, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal) when (TellsThatItDoesNotRun(refusal))
        {
            return false;
        }
    }

    /// <inheritdoc cref="IContainerRuntime.RenameContainerAsync"/>
    public Task<bool> RenameAsync(string id, string name, CancellationToken cancellationToken)
    {
        var parameters = new ContainerRenameParameters { NewName = name };
        return _http.TryTellAsync(
            DockerCall.Once(DockerObject.Container, $"rename the container '{id}' to '{name}'"),
            (client, token) => client.Containers.RenameContainerAsync(DockerQuery.Segment(id), parameters, token),
            cancellationToken);
    }

    /// <inheritdoc cref="IContainerRuntime.PauseContainerAsync"/>
    public Task<bool> PauseAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, "pause", (client, token) => client.Containers.PauseContainerAsync(DockerQuery.Segment(id), token), cancellationToken);

    /// <inheritdoc cref="IContainerRuntime.UnpauseContainerAsync"/>
    public Task<bool> UnpauseAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, "unpause", (client, token) => client.Containers.UnpauseContainerAsync(DockerQuery.Segment(id), token), cancellationToken);

    /// <inheritdoc cref="IContainerRuntime.RemoveContainerAsync"/>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => _remover.RemoveAsync(id, cancellationToken);

    private async Task<bool> ChangeAsync(string id, string verb, Func<DockerClient, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        var call = DockerCall.Once(DockerObject.Container, $"{verb} the container '{id}'") with { Limit = _http.Limits.Work };
        try
        {
            return await _http.TryTellAsync(call, change, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal) when (TellsThatItIsNotInThatState(refusal))
        {
            return false;
        }
    }

    // Docker, 409 since 23, 500 before: Container x is already paused. Container x is not paused. Container x is not running.
    // Podman, 500: "x" is not paused, can't unpause: container state improper
    private static bool TellsThatItIsNotInThatState(ContainerRuntimeException refusal) =>
        IsAboutTheState(refusal)
        || refusal.Message.Contains("already paused", StringComparison.OrdinalIgnoreCase)
        || refusal.Message.Contains("is not paused", StringComparison.OrdinalIgnoreCase)
        || refusal.Message.Contains("is not running", StringComparison.OrdinalIgnoreCase);

    // Docker, 409: Container x is not running. Podman, 500: can only kill running containers. x is in state exited: container state
    // improper. And when it ends at that very moment: container state improper: stopped
    private static bool TellsThatItDoesNotRun(ContainerRuntimeException refusal) =>
        IsAboutTheState(refusal)
        || refusal.Message.Contains("can only kill running containers", StringComparison.OrdinalIgnoreCase);
}
