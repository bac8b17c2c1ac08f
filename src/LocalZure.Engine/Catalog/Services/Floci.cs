using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>Floci AZ, many services behind one port. What it would do through a Docker socket of its own is not on offer: it is given none.</summary>
internal static class Floci
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "floci",
        Description = "Many Azure services behind one port (Floci AZ)",
        Image = ImageTags.Floci,
        Ports = [new PortDefinition("floci", 4577, 4577, "All services over HTTP")],
        Volumes = [new VolumeDefinition("data", "/app/data")],
        Probes = [new HttpProbeDefinition("floci", "/_floci/health")],
        StartTimeout = TimeSpan.FromSeconds(90),
        Endpoints = new Dictionary<string, string> { ["floci"] = "http://{address}:{port.floci}" },
        ConnectionStrings = [new("FLOCI_ENDPOINT", "http://{address}:{port.floci}"), new("ConnectionStrings__floci", "http://{address}:{port.floci}")],
    };
}
