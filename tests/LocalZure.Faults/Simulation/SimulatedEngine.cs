using System.Text.Json.Nodes;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Faults.Simulation;

/// <summary>
/// A container engine without containers: it keeps what it is told in memory and answers the calls that LocalZure makes as Docker does.
/// </summary>
internal sealed class SimulatedEngine : IAsyncDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<string, SimulatedVolume> _volumes = [];
    private readonly List<SimulatedNetwork> _networks = [];
    private readonly SimulatedContainers _containers;

    public SimulatedEngine() => _containers = new SimulatedContainers(name => Networks.Any(network => network.Name == name));

    /// <summary>The newest API version that it speaks; Docker 20.10's unless another is set.</summary>
    public DockerApiVersion Newest { get; set; } = new(1, 41);

    /// <summary>The oldest API version that it speaks: calls in an older one are refused.</summary>
    public DockerApiVersion Oldest { get; set; } = new(1, 12);

    /// <summary>A snapshot of the containers.</summary>
    public IReadOnlyList<SimulatedContainer> Containers => _containers.All;

    /// <summary>Those that were ended before they could put their data away.</summary>
    public IReadOnlyList<SimulatedContainer> WithLostData => _containers.WithLostData;

    /// <summary>A snapshot of the networks.</summary>
    public IReadOnlyList<SimulatedNetwork> Networks
    {
        get
        {
            lock (_lock)
            {
                return [.. _networks];
            }
        }
    }

    /// <summary>A snapshot of the volumes.</summary>
    public IReadOnlyList<SimulatedVolume> Volumes
    {
        get
        {
            lock (_lock)
            {
                return [.. _volumes.Values];
            }
        }
    }

    /// <summary>Adds a container that somebody else has made and that runs.</summary>
    public void AddForeign(string name, IReadOnlyDictionary<string, string> labels) => _containers.AddForeign(name, labels);

    /// <summary>Adds a network that somebody else has made.</summary>
    public void AddForeignNetwork(string name) => AddNetwork(name, new Dictionary<string, string>());

    /// <summary>Adds a volume that somebody else has made.</summary>
    public void AddForeignVolume(string name) => AddVolume(name, new Dictionary<string, string>());

    /// <summary>Does what a request asks for and says what to answer.</summary>
    public async Task<SimulatedReply> AnswerAsync(FakeDockerRequest request)
    {
        var call = SimulatedCall.Parse(request);
        if (call.Version is { } version && (version < Oldest || version > Newest))
        {
            return SimulatedReply.Refusal(400, version < Oldest
                ? $"client version {version} is too old. Minimum supported API version is {Oldest}, please upgrade your client to a newer version"
                : $"client version {version} is too new. Maximum supported API version is {Newest}");
        }

        return (call.Method, call.Parts) switch
        {
            ("GET", ["_ping"]) => new SimulatedReply(200, "OK") { Headers = $"Api-Version: {Newest}\r\nOSType: linux\r\nServer: Docker/20.10.24 (linux)\r\n" },
            ("GET", ["version"]) => new SimulatedReply(200, $$"""{"Version":"20.10.24","ApiVersion":"{{Newest}}","MinAPIVersion":"{{Oldest}}","Os":"linux","Arch":"amd64"}"""),
            (_, ["containers", ..]) => await _containers.AnswerAsync(call),
            ("GET", ["networks"]) => new SimulatedReply(200, new JsonArray([.. Networks.Where(network => call.Matches(network.Labels)).Select(Body)]).ToJsonString()),
            ("POST", ["networks", "create"]) => CreateNetwork(call),
            ("GET", ["networks", var id]) => Find(id) is { } network ? new SimulatedReply(200, Body(network).ToJsonString()) : SimulatedReply.Refusal(404, $"network {id} not found"),
            ("DELETE", ["networks", var id]) => RemoveNetwork(id),
            ("GET", ["volumes"]) => new SimulatedReply(200, Json.VolumeList([.. Volumes.Where(volume => call.Matches(volume.Labels)).Select(Body)])),
            ("POST", ["volumes", "create"]) => new SimulatedReply(201, Body(AddVolume((string)call.Body!["Name"]!, Json.Texts(call.Body["Labels"]))).ToJsonString()),
            ("DELETE", ["volumes", var name]) => RemoveVolume(name),
            ("GET", ["images", ..]) => new SimulatedReply(200, """{"Id":"sha256:1"}"""),
            _ => SimulatedReply.Refusal(501, $"the simulation does not know {request}"),
        };
    }

    public ValueTask DisposeAsync() => _containers.DisposeAsync();

    private static JsonObject Body(SimulatedNetwork network) => new() { ["Id"] = network.Id, ["Name"] = network.Name, ["Labels"] = Json.Of(network.Labels), ["Created"] = Json.Time(network.CreatedAt) };

    private static JsonObject Body(SimulatedVolume volume) => new() { ["Name"] = volume.Name, ["Labels"] = Json.Of(volume.Labels), ["CreatedAt"] = Json.Time(volume.CreatedAt) };

    private SimulatedNetwork? Find(string idOrName) => Networks.FirstOrDefault(network => network.Id == idOrName || network.Name == idOrName);

    private SimulatedReply CreateNetwork(SimulatedCall call)
    {
        var name = (string)call.Body!["Name"]!;
        return AddNetwork(name, Json.Texts(call.Body["Labels"])) is { } network
            ? new SimulatedReply(201, new JsonObject { ["Id"] = network.Id }.ToJsonString())
            : SimulatedReply.Refusal(409, $"network with name {name} already exists");
    }

    private SimulatedNetwork? AddNetwork(string name, IReadOnlyDictionary<string, string> labels)
    {
        lock (_lock)
        {
            if (_networks.Exists(network => network.Name == name))
            {
                return null;
            }

            var added = new SimulatedNetwork(SimulatedContainers.NewId(), name, labels, DateTimeOffset.UtcNow);
            _networks.Add(added);
            return added;
        }
    }

    private SimulatedReply RemoveNetwork(string id)
    {
        if (Find(id) is not { } network)
        {
            return SimulatedReply.Refusal(404, $"network {id} not found");
        }

        if (Containers.Any(container => container.IsRunning && container.Network == network.Name))
        {
            return SimulatedReply.Refusal(403, $"error while removing network: network {network.Name} id {network.Id} has active endpoints");
        }

        lock (_lock)
        {
            _networks.Remove(network);
        }

        return new SimulatedReply(204);
    }

    private SimulatedVolume AddVolume(string name, IReadOnlyDictionary<string, string> labels)
    {
        lock (_lock)
        {
            return _volumes.TryGetValue(name, out var there) ? there : _volumes[name] = new SimulatedVolume(name, labels, DateTimeOffset.UtcNow);
        }
    }

    private SimulatedReply RemoveVolume(string name)
    {
        if (Containers.FirstOrDefault(container => container.Volumes.Contains(name)) is { } user)
        {
            return SimulatedReply.Refusal(409, $"remove {name}: volume is in use - [{user.Id}]");
        }

        lock (_lock)
        {
            return _volumes.Remove(name) ? new SimulatedReply(204) : SimulatedReply.Refusal(404, $"get {name}: no such volume");
        }
    }
}
