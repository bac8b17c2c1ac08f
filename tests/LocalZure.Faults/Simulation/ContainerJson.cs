using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalZure.Faults.Simulation;

/// <summary>Containers in the words of the Engine API.</summary>
internal static class ContainerJson
{
    /// <summary>One as it stands in a list.</summary>
    public static JsonObject Summary(SimulatedContainer container) => new()
    {
        ["Id"] = container.Id,
        ["Names"] = new JsonArray($"/{container.Name}"),
        ["Image"] = container.Image,
        ["Created"] = container.CreatedAt.ToUnixTimeSeconds(),
        ["State"] = container.State,
        ["Status"] = container.State,
        ["Labels"] = Json.Of(container.Labels),
        ["Ports"] = new JsonArray([.. container.Ports.Select(port => (JsonNode)Listed(port.Key, container.IsRunning ? port.Value : 0))]),
        ["Mounts"] = Mounts(container),
        ["NetworkSettings"] = new JsonObject { ["Networks"] = Networks(container) },
    };

    /// <summary>One as it is inspected.</summary>
    public static JsonObject Details(SimulatedContainer container) => new()
    {
        ["Id"] = container.Id,
        ["Name"] = $"/{container.Name}",
        ["Created"] = Json.Time(container.CreatedAt),
        ["RestartCount"] = 0,
        ["State"] = new JsonObject
        {
            ["Status"] = container.State,
            ["ExitCode"] = container.ExitCode,
            ["OOMKilled"] = false,
            ["StartedAt"] = Json.Time(container.StartedAt),
            ["FinishedAt"] = Json.Time(container.FinishedAt),
        },
        ["Config"] = new JsonObject { ["Image"] = container.Image, ["Tty"] = false, ["Labels"] = Json.Of(container.Labels) },
        ["Mounts"] = Mounts(container),
        ["NetworkSettings"] = new JsonObject
        {
            ["Networks"] = Networks(container),
            ["Ports"] = new JsonObject(container.Ports.Select(port => KeyValuePair.Create(port.Key, (JsonNode?)(container.IsRunning ? Published(port.Value) : null)))),
        },
    };

    private static JsonObject Listed(string key, int hostPort) => new JsonObject
    {
        ["IP"] = "127.0.0.1",
        ["PrivatePort"] = int.Parse(key.Split('/')[0], CultureInfo.InvariantCulture),
        ["PublicPort"] = hostPort,
        ["Type"] = "tcp",
    };

    private static JsonArray Published(int hostPort) =>
        new JsonArray(new JsonObject { ["HostIp"] = "127.0.0.1", ["HostPort"] = hostPort.ToString(CultureInfo.InvariantCulture) });

    private static JsonArray Mounts(SimulatedContainer container) =>
        new([.. container.Volumes.Select(volume => new JsonObject { ["Type"] = "volume", ["Name"] = volume, ["Destination"] = "/data" })]);

    private static JsonObject Networks(SimulatedContainer container) => container.Network is { } network ? new JsonObject { [network] = new JsonObject() } : [];
}
