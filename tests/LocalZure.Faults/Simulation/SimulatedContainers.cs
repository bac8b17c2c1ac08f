using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LocalZure.Engine.Tests.Docker;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Faults.Simulation;

/// <summary>The containers of the simulated daemon and the calls about them.</summary>
internal sealed class SimulatedContainers : IAsyncDisposable
{
    private readonly object _lock = new();
    private readonly List<SimulatedContainer> _containers = [];
    private readonly List<SimulatedContainer> _removed = [];
    private readonly Func<string, bool> _networkExists;

    /// <summary>Creates it.</summary>
    /// <param name="networkExists">Whether there is a network of a name.</param>
    public SimulatedContainers(Func<string, bool> networkExists) => _networkExists = networkExists;

    public IReadOnlyList<SimulatedContainer> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _containers];
            }
        }
    }

    public IReadOnlyList<SimulatedContainer> WithLostData
    {
        get
        {
            lock (_lock)
            {
                return [.. _containers.Concat(_removed).Where(container => container.HasLostData)];
            }
        }
    }

    /// <summary>An id as Docker makes them.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    public void AddForeign(string name, IReadOnlyDictionary<string, string> labels)
    {
        var container = new SimulatedContainer { Id = NewId(), Name = name, Image = "postgres:16", Labels = labels };
        container.Start();
        lock (_lock)
        {
            _containers.Add(container);
        }
    }

    /// <summary>Answers a call about containers.</summary>
    public async Task<SimulatedReply> AnswerAsync(SimulatedCall call) => (call.Method, call.Parts) switch
    {
        ("GET", [_, "json"]) => List(call),
        ("POST", [_, "create"]) => Create(call),
        (_, [_, var id, ..]) when Find(id) is null => SimulatedReply.Refusal(404, $"No such container: {id}"),
        ("GET", [_, var id, "json"]) => new SimulatedReply(200, ContainerJson.Details(Find(id)!).ToJsonString()),
        ("POST", [_, var id, "start"]) => Start(Find(id)!),
        ("POST", [_, var id, "kill"]) => await KillAsync(Find(id)!, call.Query["signal"]),
        ("POST", [_, var id, "rename"]) => Rename(Find(id)!, call.Query["name"]),
        ("POST", [_, var id, "wait"]) => new SimulatedReply(200) { Stream = connection => WaitAsync(Find(id), connection) },
        ("GET", [_, var id, "logs"]) => Logs(Find(id)!, call.Query.ContainsKey("follow")),
        ("DELETE", [_, var id]) => await RemoveAsync(Find(id)!),
        _ => SimulatedReply.Refusal(501, $"the simulation does not know {call.Method} {string.Join('/', call.Parts)}"),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var container in All)
        {
            await container.EndAsync(137);
        }
    }

    private SimulatedContainer? Find(string idOrName) => All.FirstOrDefault(container => container.Id == idOrName || container.Name == idOrName);

    private SimulatedReply List(SimulatedCall call) => new(200, new JsonArray([.. All
        .Where(container => (container.IsRunning || call.Query.ContainsKey("all")) && call.Matches(container.Labels))
        .Select(ContainerJson.Summary)]).ToJsonString());

    private SimulatedReply Create(SimulatedCall call)
    {
        var host = call.Body!["HostConfig"]!;
        var container = new SimulatedContainer
        {
            Id = NewId(),
            Name = call.Query["name"],
            Image = (string)call.Body["Image"]!,
            Labels = Json.Texts(call.Body["Labels"]),
            Ports = ((JsonObject)host["PortBindings"]!).ToDictionary(binding => binding.Key, binding => int.Parse((string)binding.Value![0]!["HostPort"]!, CultureInfo.InvariantCulture)),
            Volumes = ((JsonArray)host["Mounts"]!).Where(mount => (string?)mount!["Type"] == "volume").Select(mount => (string)mount!["Source"]!).ToList(),
            Network = (string?)host["NetworkMode"],
        };
        lock (_lock)
        {
            if (_containers.Find(other => other.Name == container.Name) is { } holder)
            {
                return SimulatedReply.Refusal(409, $"Conflict. The container name \"/{container.Name}\" is already in use by container \"{holder.Id}\".");
            }

            _containers.Add(container);
        }

        return new SimulatedReply(201, new JsonObject { ["Id"] = container.Id, ["Warnings"] = new JsonArray() }.ToJsonString());
    }

    private SimulatedReply Start(SimulatedContainer container)
    {
        if (container.IsRunning)
        {
            return new SimulatedReply(304);
        }

        if (container.Network is { } network && !_networkExists(network))
        {
            return SimulatedReply.Refusal(404, $"network {network} not found");
        }

        try
        {
            container.Start();
            return new SimulatedReply(204);
        }
        catch (SocketException)
        {
            return SimulatedReply.Refusal(500, $"driver failed programming external connectivity on endpoint {container.Name}: Bind for 127.0.0.1 failed: port is already allocated");
        }
    }

    private static async Task<SimulatedReply> KillAsync(SimulatedContainer container, string signal)
    {
        if (!container.IsRunning)
        {
            return SimulatedReply.Refusal(409, $"Cannot kill container: {container.Id}: Container {container.Id} is not running");
        }

        await container.SignalAsync(signal);
        return new SimulatedReply(204);
    }

    private SimulatedReply Rename(SimulatedContainer container, string name)
    {
        lock (_lock)
        {
            if (_containers.Exists(other => other.Name == name))
            {
                return SimulatedReply.Refusal(409, $"Conflict. The container name \"/{name}\" is already in use by container \"x\".");
            }

            container.Name = name;
            return new SimulatedReply(204);
        }
    }

    private async Task<SimulatedReply> RemoveAsync(SimulatedContainer container)
    {
        lock (_lock)
        {
            _containers.Remove(container);
            _removed.Add(container);
        }

        await container.EndAsync(137);
        return new SimulatedReply(204);
    }

    private static async Task WaitAsync(SimulatedContainer? container, FakeDockerConnection connection)
    {
        while (container is { IsRunning: true })
        {
            var (_, changed) = container.Snapshot();
            if (container.IsRunning)
            {
                await changed.WaitAsync(connection.Stopped);
            }
        }

        await connection.ChunkAsync(new JsonObject { ["StatusCode"] = container?.ExitCode ?? 0, ["Error"] = null }.ToJsonString());
    }

    private static SimulatedReply Logs(SimulatedContainer container, bool follow) => new(200)
    {
        Stream = async connection =>
        {
            for (var written = 0; ;)
            {
                var running = container.IsRunning;
                var (log, changed) = container.Snapshot();
                foreach (var (time, text) in log.Skip(written))
                {
                    await connection.ChunkAsync(LogFrames.Frame(1, $"{Json.Time(time)} {text}\n"));
                }

                written = log.Count;
                if (!follow || !running)
                {
                    return;
                }

                await changed.WaitAsync(connection.Stopped);
            }
        },
    };
}
