using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>Event Grid by Workleap's emulator.</summary>
internal static class EventGrid
{
    /// <summary>One topic without subscribers: publishing to it works, and a file of the user's own says who is called.</summary>
    private const string Settings = """
        {
          "Topics": {
            "default": []
          }
        }

        """;

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "eventgrid",
        Description = "Azure Event Grid (Workleap's emulator)",
        Image = ImageTags.EventGrid,
        Platforms = ["linux/amd64"],
        Ports = [new PortDefinition("eventgrid", 6500, 6500, "Event Grid topics over HTTP")],
        Files = [new FileDefinition("appsettings.json", "/app/appsettings.json", Settings)],
        Probes = [new HttpProbeDefinition("eventgrid", "/health")],
        StartTimeout = TimeSpan.FromSeconds(60),
        Endpoints = new Dictionary<string, string> { ["eventgrid"] = "http://{address}:{port.eventgrid}" },
        ConnectionStrings =
        [
            new("EVENTGRID_TOPIC_ENDPOINT", "http://{address}:{port.eventgrid}/default/api/events"),
            new("ConnectionStrings__eventgrid", "http://{address}:{port.eventgrid}/default/api/events"),
        ],
    };
}
