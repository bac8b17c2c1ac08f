using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>Valkey, the free continuation of Redis.</summary>
internal static class Valkey
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "valkey",
        Description = "Azure Cache for Redis stand-in: Valkey",
        Image = ImageTags.Valkey,
        Command = ["valkey-server", "--appendonly", "yes"],
        Ports = [new PortDefinition("valkey", 6379, 6380, "Redis protocol, without TLS")],
        Volumes = [new VolumeDefinition("data", "/data")],
        Probes = [new ExecProbeDefinition(["/bin/sh", "-c", "[ \"$(timeout 2 valkey-cli ping)\" = PONG ]"])],
        StartTimeout = TimeSpan.FromSeconds(60),
        Endpoints = new Dictionary<string, string> { ["valkey"] = "redis://{address}:{port.valkey}" },
        ConnectionStrings =
        [
            new("AZURE_REDIS_CONNECTIONSTRING", "{address}:{port.valkey}"),
            new("ConnectionStrings__valkey", "{address}:{port.valkey}"),
            new("REDIS_URL", "redis://{address}:{port.valkey}"),
        ],
    };
}
