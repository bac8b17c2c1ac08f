using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>Topaz, many services with Azure Resource Manager. Its clients need its names (<c>*.topaz.local.dev</c>) and trust in its certificate.</summary>
internal static class Topaz
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "topaz",
        Description = "Many Azure services with Azure Resource Manager (Topaz)",
        Image = ImageTags.Topaz,
        Platforms = ["linux/amd64"],
        Ports =
        [
            new PortDefinition("arm", 8899, 8899, "Azure Resource Manager over HTTPS"),
            new PortDefinition("keyvault", 8898, 8898, "Key Vault over HTTPS"),
            new PortDefinition("appconfig", 8893, 8893, "App Configuration over HTTPS"),
            new PortDefinition("cosmosdb", 8895, 8895, "Cosmos DB over HTTPS"),
            new PortDefinition("registry", 8892, 8892, "Container Registry over HTTPS"),
            new PortDefinition("storage", 8891, 8891, "Storage over HTTPS"),
            new PortDefinition("messaging-0", 8887, 8887, "Service Bus and Event Hubs"),
            new PortDefinition("messaging-1", 8888, 8888, "Service Bus and Event Hubs"),
            new PortDefinition("messaging-2", 8889, 8889, "Service Bus and Event Hubs"),
            new PortDefinition("amqps", 5671, 5671, "Messaging over AMQP with TLS"),
        ],
        Volumes = [new VolumeDefinition("data", "/app/.topaz")],
        Probes = [new HttpProbeDefinition("arm", "/health") { Https = true, AllowsUntrustedCertificate = true }],
        StartTimeout = TimeSpan.FromSeconds(90),
        Endpoints = new Dictionary<string, string> { ["arm"] = "https://{address}:{port.arm}", ["storage"] = "https://{address}:{port.storage}", ["keyvault"] = "https://{address}:{port.keyvault}" },
        ConnectionStrings = [new("TOPAZ_ENDPOINT", "https://{address}:{port.arm}"), new("ConnectionStrings__topaz", "https://{address}:{port.arm}")],
    };
}
