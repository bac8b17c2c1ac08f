namespace LocalZure.Engine.Catalog;

/// <summary>
/// Every pinned image, and nowhere else: the newest that was seen in public use in November 2026. Where the vendor publishes
/// only a moving tag, that is the pin.
/// </summary>
internal static class ImageTags
{
    /// <summary>Azurite.</summary>
    public const string Azurite = "mcr.microsoft.com/azure-storage/azurite:3.37.0";

    /// <summary>Azure Cosmos DB, the Linux-native emulator.</summary>
    public const string CosmosDb = "mcr.microsoft.com/cosmosdb/linux/azure-cosmos-emulator:vnext-EN20261008";

    /// <summary>Azure Cosmos DB, the classic emulator. Since March 2026 <c>latest</c> ends at its start; there are no other tags.</summary>
    public const string CosmosDbClassic = "mcr.microsoft.com/cosmosdb/linux/azure-cosmos-emulator:stable";

    /// <summary>Azure Service Bus.</summary>
    public const string ServiceBus = "mcr.microsoft.com/azure-messaging/servicebus-emulator:2.0.1";

    /// <summary>Azure Event Hubs.</summary>
    public const string EventHubs = "mcr.microsoft.com/azure-messaging/eventhubs-emulator:2.2.1";

    /// <summary>SQL Server 2022.</summary>
    public const string SqlServer2022 = "mcr.microsoft.com/mssql/server:2022-CU27-ubuntu-22.04";

    /// <summary>SQL Server 2025.</summary>
    public const string SqlServer2025 = "mcr.microsoft.com/mssql/server:2025-CU8-ubuntu-22.04";

    /// <summary>PostgreSQL.</summary>
    public const string PostgreSql = "docker.io/library/postgres:18.6";

    /// <summary>PostgreSQL on Alpine Linux.</summary>
    public const string PostgreSqlAlpine = "docker.io/library/postgres:18.6-alpine";

    /// <summary>MySQL 8.4, the long-term line that Azure Database for MySQL offers.</summary>
    public const string MySql = "docker.io/library/mysql:8.4.11";

    /// <summary>Redis.</summary>
    public const string Redis = "docker.io/library/redis:8.10.1";

    /// <summary>Redis on Alpine Linux.</summary>
    public const string RedisAlpine = "docker.io/library/redis:8.10.1-alpine";

    /// <summary>Valkey.</summary>
    public const string Valkey = "docker.io/valkey/valkey:9.1";

    /// <summary>Lowkey Vault.</summary>
    public const string LowkeyVault = "docker.io/nagyesta/lowkey-vault:7.3.112";

    /// <summary>Azure App Configuration.</summary>
    public const string AppConfiguration = "mcr.microsoft.com/azure-app-configuration/app-configuration-emulator:1.2.0";

    /// <summary>Azure SignalR Service, of which there is no other tag.</summary>
    public const string SignalR = "mcr.microsoft.com/signalr/signalr-emulator:latest";

    /// <summary>Workleap's Event Grid emulator.</summary>
    public const string EventGrid = "docker.io/workleap/eventgridemulator:0.6.37";

    /// <summary>Durable Task Scheduler; the numbered tags of older documents (v0.0.4 to v0.0.6) are previews.</summary>
    public const string DurableTask = "mcr.microsoft.com/dts/dts-emulator:latest";

    /// <summary>Azure Data Explorer.</summary>
    public const string Kusto = "mcr.microsoft.com/azuredataexplorer/kustainer-linux:2026.03.16.1116-2611-994a3c9-master";

    /// <summary>The Azure Functions host for isolated .NET 8.</summary>
    public const string Functions = "mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated8.0";

    /// <summary>Eclipse Mosquitto, on Alpine Linux.</summary>
    public const string Mosquitto = "docker.io/library/eclipse-mosquitto:2.1.2-alpine";

    /// <summary>Mailpit.</summary>
    public const string Mailpit = "docker.io/axllent/mailpit:v1.30.5";

    /// <summary>The Aspire dashboard.</summary>
    public const string AspireDashboard = "mcr.microsoft.com/dotnet/aspire-dashboard:13";

    /// <summary>Floci AZ.</summary>
    public const string Floci = "docker.io/floci/floci-az:0.11.0";

    /// <summary>miniblue.</summary>
    public const string Miniblue = "docker.io/moabukar/miniblue:0.8.0";

    /// <summary>Topaz; its releases are previews whose tags change from week to week.</summary>
    public const string Topaz = "docker.io/thecloudtheory/topaz-host:latest";
}
