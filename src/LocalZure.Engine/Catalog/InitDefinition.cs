namespace LocalZure.Engine.Catalog;

/// <summary>What can be made in a service when its data is fresh. Commands and scripts can be run for every service.</summary>
internal sealed record InitDefinition
{
    /// <summary>How blob containers, queues and tables are made; null when it has none.</summary>
    public StorageInit? Storage { get; init; }

    /// <summary>How databases are made and SQL files run; null when it knows no SQL.</summary>
    public SqlInit? Sql { get; init; }

    /// <summary>How databases are made over the REST interface of Cosmos DB; null when it has none.</summary>
    public CosmosInit? Cosmos { get; init; }

    /// <summary>The file by which it is told its queues and topics, or event hubs, before it starts; null when there is none.</summary>
    public MessagingInit? Messaging { get; init; }
}
