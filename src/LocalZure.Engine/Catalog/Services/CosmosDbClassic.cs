using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>The classic emulator of Azure Cosmos DB, which knows stored procedures, triggers and the other APIs. Its evaluation copies expire.</summary>
internal static class CosmosDbClassic
{
    private const string ConnectionString = $"AccountEndpoint=https://{{address}}:{{port.gateway}}/;AccountKey={CosmosDb.Key};DisableServerCertificateValidation=True;";

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        // Not "cosmosdb-classic": that is the instance "classic" of the other.
        Name = "cosmosclassic",
        Description = "Azure Cosmos DB (classic emulator, HTTPS with a certificate of its own)",
        Image = ImageTags.CosmosDbClassic,
        Platforms = ["linux/amd64"],
        MinimumMemoryBytes = 3L << 30,
        Environment = new Dictionary<string, string>
        {
            ["AZURE_COSMOS_EMULATOR_PARTITION_COUNT"] = "10",
            ["AZURE_COSMOS_EMULATOR_ENABLE_DATA_PERSISTENCE"] = "true",

            // What the account document names: clients are sent there.
            ["AZURE_COSMOS_EMULATOR_IP_ADDRESS_OVERRIDE"] = "127.0.0.1",
        },
        Ports =
        [
            new PortDefinition("gateway", 8081, 8081, "Cosmos DB over HTTPS"),
            new PortDefinition("direct-0", 10250, 10250, "Direct mode"),
            new PortDefinition("direct-1", 10251, 10251, "Direct mode"),
            new PortDefinition("direct-2", 10252, 10252, "Direct mode"),
            new PortDefinition("direct-3", 10253, 10253, "Direct mode"),
            new PortDefinition("direct-4", 10254, 10254, "Direct mode"),
            new PortDefinition("direct-5", 10255, 10255, "Direct mode"),
        ],
        Volumes = [new VolumeDefinition("data", "/tmp/cosmos/appdata")],
        Probes =
        [
            // "Started 11/11 partitions" and then "Started": the whole line says that all are.
            new LogProbeDefinition(@"(^|\s)Started\s*$"),
            new HttpProbeDefinition("gateway", "/_explorer/emulator.pem") { Https = true, AllowsUntrustedCertificate = true, Passes = 2 },
        ],
        TerminalLogLines = ["The evaluation period has expired", @"PAL initialization failed\. Error: 104"],
        StartTimeout = TimeSpan.FromMinutes(5),
        Endpoints = new Dictionary<string, string> { ["gateway"] = "https://{address}:{port.gateway}/" },
        ConnectionStrings =
        [
            new("AZURE_COSMOS_CONNECTIONSTRING", ConnectionString),
            new("ConnectionStrings__cosmosclassic", ConnectionString),
        ],
        Init = new InitDefinition { Cosmos = new CosmosInit("gateway", CosmosDb.Key) },
    };
}
