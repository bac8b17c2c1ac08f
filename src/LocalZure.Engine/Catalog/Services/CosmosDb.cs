using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>
/// The Linux-native emulator of Azure Cosmos DB. Sources: Microsoft's page on it for ports, variables and key; issue 241 of
/// azure-cosmos-db-emulator-docker for the readiness that comes too early.
/// </summary>
internal static class CosmosDb
{
    /// <summary>The key of every Cosmos DB emulator, public in its documentation.</summary>
    public const string Key = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "cosmosdb",
        Description = "Azure Cosmos DB for NoSQL (Linux-native emulator)",
        Image = ImageTags.CosmosDb,
        Environment = new Dictionary<string, string> { ["PROTOCOL"] = "http", ["ENABLE_EXPLORER"] = "true", ["ENABLE_TELEMETRY"] = "false" },
        Ports =
        [
            new PortDefinition("gateway", 8081, 8081, "Cosmos DB for NoSQL over HTTP, in gateway mode"),
            new PortDefinition("health", 8080, 18080, "Health of the emulator"),
            new PortDefinition("explorer", 1234, 1234, "Data Explorer in the browser"),
        ],
        Volumes = [new VolumeDefinition("data", "/data")],
        Probes =
        [
            new HttpProbeDefinition("health", "/ready"),

            // The health port was seen to say yes three seconds before the database took requests: the account document comes from
            // there. No signature is asked for at present; a version that asks for one answers with 401, and serves then.
            new HttpProbeDefinition("gateway", "/") { ExpectedStatus = [new StatusRange(200, 299), StatusRange.Exactly(401)], Passes = 2 },
        ],
        StartTimeout = TimeSpan.FromMinutes(3),
        Endpoints = new Dictionary<string, string>
        {
            ["gateway"] = "http://{address}:{port.gateway}/",
            ["health"] = "http://{address}:{port.health}/ready",
            ["explorer"] = "http://{address}:{port.explorer}/",
        },
        ConnectionStrings =
        [
            new("AZURE_COSMOS_CONNECTIONSTRING", $"AccountEndpoint=http://{{address}}:{{port.gateway}}/;AccountKey={Key};"),
            new("ConnectionStrings__cosmosdb", $"AccountEndpoint=http://{{address}}:{{port.gateway}}/;AccountKey={Key};"),
        ],
        Init = new InitDefinition { Cosmos = new CosmosInit("gateway", Key) },
    };
}
