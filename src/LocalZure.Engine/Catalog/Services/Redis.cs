using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>Redis. Source: the official image's page. Without a password, as the image has it: the port is this machine's alone.</summary>
internal static class Redis
{
    /// <summary>The name of the host tool.</summary>
    public const string Tool = "redis-server";

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "redis",
        Description = "Azure Cache for Redis stand-in: Redis",
        Image = ImageTags.Redis,
        AlpineImage = ImageTags.RedisAlpine,
        Command = ["redis-server", "--appendonly", "yes"],
        Ports = [new PortDefinition("redis", 6379, 6379, "Redis protocol, without TLS")],
        Volumes = [new VolumeDefinition("data", "/data")],

        // The answer counts, not the exit code: while it loads its data it says LOADING.
        Probes = [new ExecProbeDefinition(["/bin/sh", "-c", "[ \"$(timeout 2 redis-cli ping)\" = PONG ]"])],
        StartTimeout = TimeSpan.FromSeconds(60),
        Endpoints = new Dictionary<string, string> { ["redis"] = "redis://{address}:{port.redis}" },
        ConnectionStrings =
        [
            new("AZURE_REDIS_CONNECTIONSTRING", "{address}:{port.redis}"),
            new("ConnectionStrings__redis", "{address}:{port.redis}"),
            new("REDIS_URL", "redis://{address}:{port.redis}"),
        ],
        Host = new HostDefinition
        {
            Tool = Tool,
            Arguments = ["--bind", "{address}", "--port", "{port.redis}", "--dir", "{volume.data}", "--appendonly", "yes", "--daemonize", "no"],
            Probes = [new LogProbeDefinition("Ready to accept connections"), new TcpProbeDefinition("redis")],
        },
    };
}
