using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>The emulator of the Durable Task Scheduler.</summary>
internal static class DurableTask
{
    private const string ConnectionString = "Endpoint=http://{address}:{port.grpc};TaskHub=default;Authentication=None";

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "durabletask",
        Description = "Durable Task Scheduler",
        Image = ImageTags.DurableTask,
        Environment = new Dictionary<string, string> { ["DTS_TASK_HUB_NAMES"] = "default" },
        Ports =
        [
            new PortDefinition("grpc", 8080, 8080, "Scheduler over gRPC"),
            new PortDefinition("http", 8081, 18081, "Scheduler over HTTP"),
            new PortDefinition("dashboard", 8082, 8082, "Dashboard in the browser"),
        ],

        // The gRPC port answers every ordinary request with 400, so that only the connection can be looked at.
        Probes = [new TcpProbeDefinition("grpc") { Passes = 2 }, new HttpProbeDefinition("dashboard", "/")],
        StartTimeout = TimeSpan.FromSeconds(60),
        Endpoints = new Dictionary<string, string>
        {
            ["grpc"] = "http://{address}:{port.grpc}",
            ["http"] = "http://{address}:{port.http}",
            ["dashboard"] = "http://{address}:{port.dashboard}",
        },
        ConnectionStrings =
        [
            new("DURABLE_TASK_SCHEDULER_CONNECTION_STRING", ConnectionString),
            new("ConnectionStrings__durabletask", ConnectionString),
        ],
    };
}
