using System.Collections.ObjectModel;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>The network calls of the Engine API.</summary>
internal sealed class NetworksClient
{
    private const string Driver = "bridge";

    // From this version on no engine makes two networks of one name.
    private static readonly DockerApiVersion RefusesTwins = new(1, 44);

    private readonly DockerHttp _http;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    public NetworksClient(DockerHttp http)
    {
        _http = http;
    }

    /// <inheritdoc cref="IContainerRuntime.ListNetworksAsync"/>
    public Task<IReadOnlyList<NetworkSummary>> ListAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        var parameters = new NetworksListParameters { Filters = DockerQuery.Labels(labels) };
        return _http.AskAsync(
            DockerCall.Repeatable(DockerObject.Network, "list networks"),
            (client, token) => client.Networks.ListNetworksAsync(parameters, token),
            answer => Answers.Map(answer, Summary),
            cancellationToken);
    }

    /// <inheritdoc cref="IContainerRuntime.InspectNetworkAsync"/>
    public async Task<NetworkSummary?> InspectAsync(string idOrName, CancellationToken cancellationToken)
    {
        var call = DockerCall.Repeatable(DockerObject.Network, $"inspect the network '{idOrName}'");
        var found = await _http.FindAsync(call, (client, token) => client.Networks.InspectNetworkAsync(DockerQuery.Segment(idOrName), token), cancellationToken).ConfigureAwait(false);
        return found is null ? null : Summary(found);
    }

    /// <inheritdoc cref="IContainerRuntime.CreateNetworkAsync"/>
    public async Task<string> CreateAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var id = _http.Version >= RefusesTwins
            ? await CreateOneAsync(name, labels, cancellationToken).ConfigureAwait(false)
            : await CreateUnlessThereAsync(name, labels, cancellationToken).ConfigureAwait(false);
        return id is { Length: > 0 }
            ? id
            : throw new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker created the network '{name}' but did not tell its id.");
    }

    /// <inheritdoc cref="IContainerRuntime.RemoveNetworkAsync"/>
    public Task<bool> RemoveAsync(string idOrName, CancellationToken cancellationToken) =>
        _http.TryTellAsync(
            DockerCall.Repeatable(DockerObject.Network, $"remove the network '{idOrName}'"),
            (client, token) => client.Networks.DeleteNetworkAsync(DockerQuery.Segment(idOrName), token),
            cancellationToken);

    private static string CreationOf(string name) => $"create the network '{name}'";

    private static NetworkSummary Summary(NetworkResponse network) => new(
        network.ID ?? "",
        network.Name ?? "",
        network.Labels?.AsReadOnly() ?? ReadOnlyDictionary<string, string>.Empty,
        EngineTime.Of(network.Created) ?? DateTimeOffset.MinValue,
        network.Containers is { Count: > 0 } containers ? [.. containers.Keys] : []);

    private async Task<string?> CreateOneAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var parameters = new NetworksCreateParameters { Name = name, Driver = Driver, Labels = new Dictionary<string, string>(labels) };
        var call = DockerCall.Once(DockerObject.Network, CreationOf(name));
        return (await _http.AskAsync(call, (client, token) => client.Networks.CreateNetworkAsync(parameters, token), cancellationToken).ConfigureAwait(false)).ID;
    }

    // The client library does not know the field that keeps an older engine from making a second network of one name.
    private async Task<string?> CreateUnlessThereAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var body = new CreateNetworkBody { Name = name, CheckDuplicate = true, Driver = Driver, Labels = labels };
        var request = DockerRequest.Post("/networks/create", DockerObject.Network, CreationOf(name)).With(body, DockerJsonContext.Default.CreateNetworkBody);
        return (await _http.SendAsync(request, DockerJsonContext.Default.CreatedBody, cancellationToken).ConfigureAwait(false)).Id;
    }
}
