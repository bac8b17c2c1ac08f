using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>miniblue, many services in one small program. Its data ends with its container.</summary>
internal static class Miniblue
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "miniblue",
        Description = "Many Azure services in one small program (miniblue)",
        Image = ImageTags.Miniblue,
        Ports =
        [
            new PortDefinition("http", 4566, 4566, "All services over HTTP"),
            new PortDefinition("https", 4567, 4567, "Sign-in over HTTPS, with a certificate of its own"),
        ],
        Probes = [new HttpProbeDefinition("http", "/health")],
        StartTimeout = TimeSpan.FromSeconds(30),
        Endpoints = new Dictionary<string, string> { ["http"] = "http://{address}:{port.http}", ["https"] = "https://{address}:{port.https}" },
        ConnectionStrings = [new("LOCAL_AZURE_ENDPOINT", "http://{address}:{port.http}"), new("ConnectionStrings__miniblue", "http://{address}:{port.http}")],
    };
}
