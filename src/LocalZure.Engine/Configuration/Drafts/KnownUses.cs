namespace LocalZure.Engine.Configuration.Drafts;

/// <summary>What tells that a service is used: names of packages, of images, and parts of connection strings.</summary>
internal static class KnownUses
{
    // By the beginning of the package's name.
    private static readonly (string Package, string Service)[] Packages =
    [
        ("Azure.Storage.Blobs", "blob"),
        ("Azure.Storage.Queues", "queue"),
        ("Azure.Data.Tables", "table"),
        ("Microsoft.Azure.Cosmos", "cosmosdb"),
        ("Azure.Messaging.ServiceBus", "servicebus"),
        ("Azure.Messaging.EventHubs", "eventhubs"),
        ("Azure.Messaging.EventGrid", "eventgrid"),
        ("Azure.Security.KeyVault", "keyvault"),
        ("Azure.Extensions.AspNetCore.Configuration.Secrets", "keyvault"),
        ("Azure.Data.AppConfiguration", "appconfig"),
        ("Microsoft.Extensions.Configuration.AzureAppConfiguration", "appconfig"),
        ("Microsoft.Azure.SignalR", "signalr"),
        ("Microsoft.Azure.Kusto", "kusto"),
        ("Microsoft.DurableTask.Client.AzureManaged", "durabletask"),
        ("Microsoft.DurableTask.Worker.AzureManaged", "durabletask"),
        ("Microsoft.Data.SqlClient", "sql"),
        ("System.Data.SqlClient", "sql"),
        ("Microsoft.EntityFrameworkCore.SqlServer", "sql"),
        ("Npgsql", "postgres"),
        ("MySqlConnector", "mysql"),
        ("MySql.Data", "mysql"),
        ("StackExchange.Redis", "redis"),
        ("Microsoft.Extensions.Caching.StackExchangeRedis", "redis"),
        ("MQTTnet", "mqtt"),
    ];

    // By a part of the image's path.
    private static readonly (string Image, string Service)[] Images =
    [
        ("azure-storage/azurite", "storage"),
        ("cosmosdb/", "cosmosdb"),
        ("azure-messaging/servicebus-emulator", "servicebus"),
        ("azure-messaging/eventhubs-emulator", "eventhubs"),
        ("azure-app-configuration/", "appconfig"),
        ("signalr/signalr-emulator", "signalr"),
        ("azuredataexplorer/", "kusto"),
        ("dts/dts-emulator", "durabletask"),
        ("mssql/", "sql"),
        ("azure-sql-edge", "sql"),
        ("postgres", "postgres"),
        ("mysql", "mysql"),
        ("redis", "redis"),
        ("valkey", "valkey"),
        ("eclipse-mosquitto", "mqtt"),
        ("mailpit", "mail"),
    ];

    // By a part of a connection string, or of the setting's name and a part of it.
    private static readonly (string Name, string Value, string Service)[] Settings =
    [
        ("", "UseDevelopmentStorage=true", "storage"),
        ("AzureWebJobsStorage", "", "storage"),
        ("", "DefaultEndpointsProtocol=", "storage"),
        ("", "AccountEndpoint=", "cosmosdb"),
        ("hub", "Endpoint=sb://", "eventhubs"),
        ("", "Endpoint=sb://", "servicebus"),
        ("ServiceBus", "", "servicebus"),
        ("EventHub", "", "eventhubs"),
        ("SignalR", "", "signalr"),
        ("AppConfig", "", "appconfig"),
        ("KeyVault", "", "keyvault"),
        ("Redis", "", "redis"),
        ("Npgsql", "", "postgres"),
        ("Postgres", "", "postgres"),
        ("", "Initial Catalog=", "sql"),
        ("", "Server=tcp:", "sql"),
        ("Sql", "Server=", "sql"),
    ];

    /// <summary>The service that a package is for; null when it is for none.</summary>
    public static string? OfPackage(string package) => Packages.FirstOrDefault(known => package.StartsWith(known.Package, StringComparison.OrdinalIgnoreCase)).Service;

    /// <summary>The service that an image runs; null when it runs none.</summary>
    /// <param name="image">The image, with or without registry and tag.</param>
    public static string? OfImage(string image)
    {
        var path = image.Split('@')[0];
        var colon = path.LastIndexOf(':');
        path = colon > path.LastIndexOf('/') ? path[..colon] : path;
        return Images.FirstOrDefault(known => path.Contains(known.Image, StringComparison.OrdinalIgnoreCase)).Service;
    }

    /// <summary>The service that an application setting leads to; null when it leads to none.</summary>
    public static string? OfSetting(string name, string value) => Settings.FirstOrDefault(known =>
        name.Contains(known.Name, StringComparison.OrdinalIgnoreCase) && value.Contains(known.Value, StringComparison.OrdinalIgnoreCase)).Service;
}
