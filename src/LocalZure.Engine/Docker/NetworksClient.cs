using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>The network calls of the Engine API.</summary>
internal sealed class NetworksClient
{
    private readonly DockerHttp _http;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    public NetworksClient(DockerHttp http)
    {
        _http = http;
    }

    /// <inheritdoc cref="IContainerRuntime.ListNetworksAsync"/>
    public async Task<IReadOnlyList<NetworkSummary>> ListAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Get("/networks", DockerObject.Network, "list networks") with { Query = DockerQuery.Labels(labels) };
        var bodies = await _http.SendAsync(request, DockerJsonContext.Default.NetworkList, cancellationToken).ConfigureAwait(false);
        return bodies.ConvertAll(Summary);
    }

    /// <inheritdoc cref="IContainerRuntime.InspectNetworkAsync"/>
    public async Task<NetworkSummary?> InspectAsync(string idOrName, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Get(PathOf(idOrName), DockerObject.Network, $"inspect the network '{idOrName}'");
        var body = await _http.FindAsync(request, DockerJsonContext.Default.NetworkBody, cancellationToken).ConfigureAwait(false);
        return body is null ? null : Summary(body);
    }

    /// <inheritdoc cref="IContainerRuntime.CreateNetworkAsync"/>
    public async Task<string> CreateAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var body = new CreateNetworkBody { Name = name, CheckDuplicate = true, Driver = "bridge", Labels = labels };
        var request = DockerRequest.Post("/networks/create", DockerObject.Network, $"create the network '{name}'")
            .With(body, DockerJsonContext.Default.CreateNetworkBody);
        var created = await _http.SendAsync(request, DockerJsonContext.Default.CreatedBody, cancellationToken).ConfigureAwait(false);
        return created.Id is { Length: > 0 } id
            ? id
            : throw new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker created the network '{name}' but did not tell its id.");
    }

    /// <inheritdoc cref="IContainerRuntime.RemoveNetworkAsync"/>
    public Task<bool> RemoveAsync(string idOrName, CancellationToken cancellationToken) =>
        _http.TrySendAsync(DockerRequest.Delete(PathOf(idOrName), DockerObject.Network, $"remove the network '{idOrName}'"), cancellationToken);

    private static string PathOf(string idOrName) => "/networks/" + DockerQuery.Segment(idOrName);

    private static NetworkSummary Summary(NetworkBody body) => new(
        body.Id ?? "",
        body.Name ?? "",
        body.Labels ?? [],
        body.Created ?? DateTimeOffset.MinValue,
        body.Containers is { Count: > 0 } containers ? [.. containers.Keys] : []);
}
