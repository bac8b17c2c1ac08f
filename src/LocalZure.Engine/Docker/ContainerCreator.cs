using System.Text.Json.Nodes;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>Creates containers such that a broken connection leaves none behind that nobody knows of.</summary>
internal sealed class ContainerCreator
{
    private readonly DockerHttp _http;
    private readonly Func<string, CancellationToken, Task<ContainerDetails?>> _inspect;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="inspect">Reads a container by name.</param>
    public ContainerCreator(DockerHttp http, Func<string, CancellationToken, Task<ContainerDetails?>> inspect)
    {
        _http = http;
        _inspect = inspect;
    }

    /// <inheritdoc cref="IContainerRuntime.CreateContainerAsync"/>
    public Task<string> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var parameters = ContainerCreateMapper.Parameters(spec);
        return SendAsync(
            async () => (await _http.AskAsync(
                DockerCall.Once(DockerObject.Container, ActionOf(spec.Name, spec.Image)) with { Limit = _http.Limits.Work },
                (client, token) => client.Containers.CreateContainerAsync(parameters, token),
                cancellationToken).ConfigureAwait(false)).ID,
            spec.Name,
            spec.Labels.GetValueOrDefault(DockerNames.OperationLabel),
            cancellationToken);
    }

    /// <summary>Creates a container with a body that is complete already.</summary>
    /// <param name="name">The name.</param>
    /// <param name="body">The body of the request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<string> CreateAsync(string name, JsonObject body, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Post("/containers/create", DockerObject.Container, ActionOf(name, (string?)body["Image"])) with
        {
            Query = DockerQuery.Pair("name", name),
            Limit = _http.Limits.Work,
        };
        return SendAsync(
            async () => (await _http.SendAsync(
                request.With(body, DockerJsonContext.Default.JsonObject),
                DockerJsonContext.Default.CreatedBody,
                cancellationToken).ConfigureAwait(false)).Id,
            name,
            (string?)body["Labels"]?[DockerNames.OperationLabel],
            cancellationToken);
    }

    private static string ActionOf(string name, string? image) => $"create the container '{name}' of the image '{image}'";

    private async Task<string> SendAsync(Func<Task<string?>> send, string name, string? operation, CancellationToken cancellationToken)
    {
        try
        {
            return await send().ConfigureAwait(false) is { Length: > 0 } id
                ? id
                : throw new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker created the container '{name}' but did not tell its id.");
        }
        catch (ContainerRuntimeException failure) when (failure is { Failure: RuntimeFailure.Transient, StatusCode: null })
        {
            // The request may have arrived. A second one would meet a container of its own making, so look first.
            if (await FindOwnAsync(name, operation, cancellationToken).ConfigureAwait(false) is { } id)
            {
                return id;
            }

            throw;
        }
    }

    private async Task<string?> FindOwnAsync(string name, string? operation, CancellationToken cancellationToken)
    {
        if (operation is null)
        {
            return null;
        }

        var found = await _inspect(name, cancellationToken).ConfigureAwait(false);
        return found is not null
            && found.Name == name
            && found.Labels.TryGetValue(DockerNames.OperationLabel, out var maker)
            && maker == operation
            ? found.Id
            : null;
    }
}
