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
    public async Task<string> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Post("/containers/create", DockerObject.Container, $"create the container '{spec.Name}' of the image '{spec.Image}'") with
        {
            Query = DockerQuery.Pair("name", spec.Name),
            Limit = _http.Limits.Work,
        };
        try
        {
            var body = await _http.SendAsync(
                request.With(ContainerCreateMapper.Body(spec), DockerJsonContext.Default.CreateContainerBody),
                DockerJsonContext.Default.CreatedBody,
                cancellationToken).ConfigureAwait(false);
            return body.Id is { Length: > 0 } id
                ? id
                : throw new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker created the container '{spec.Name}' but did not tell its id.");
        }
        catch (ContainerRuntimeException failure) when (failure is { Failure: RuntimeFailure.Transient, StatusCode: null })
        {
            // The request may have arrived. A second one would meet a container of its own making, so look first.
            if (await FindOwnAsync(spec, cancellationToken).ConfigureAwait(false) is { } id)
            {
                return id;
            }

            throw;
        }
    }

    private async Task<string?> FindOwnAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        if (!spec.Labels.TryGetValue(DockerNames.OperationLabel, out var operation))
        {
            return null;
        }

        var found = await _inspect(spec.Name, cancellationToken).ConfigureAwait(false);
        return found is not null
            && found.Name == spec.Name
            && found.Labels.TryGetValue(DockerNames.OperationLabel, out var maker)
            && maker == operation
            ? found.Id
            : null;
    }
}
