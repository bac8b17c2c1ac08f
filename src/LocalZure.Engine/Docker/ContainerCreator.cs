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
        var request = Request(spec.Name, spec.Image).With(ContainerCreateMapper.Body(spec), DockerJsonContext.Default.CreateContainerBody);
        return SendAsync(request, spec.Name, spec.Labels.GetValueOrDefault(DockerNames.OperationLabel), cancellationToken);
    }

    /// <summary>Creates a container with a body that is complete already.</summary>
    /// <param name="name">The name.</param>
    /// <param name="body">The body of the request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<string> CreateAsync(string name, JsonObject body, CancellationToken cancellationToken)
    {
        var request = Request(name, (string?)body["Image"]).With(body, DockerJsonContext.Default.JsonObject);
        return SendAsync(request, name, (string?)body["Labels"]?[DockerNames.OperationLabel], cancellationToken);
    }

    private DockerRequest Request(string name, string? image) => DockerRequest.Post("/containers/create", DockerObject.Container, $"create the container '{name}' of the image '{image}'") with
    {
        Query = DockerQuery.Pair("name", name),
        Limit = _http.Limits.Work,
    };

    private async Task<string> SendAsync(DockerRequest request, string name, string? operation, CancellationToken cancellationToken)
    {
        try
        {
            var body = await _http.SendAsync(request, DockerJsonContext.Default.CreatedBody, cancellationToken).ConfigureAwait(false);
            return body.Id is { Length: > 0 } id
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
