namespace LocalZure.Engine.Catalog;

/// <summary>An account of Cosmos DB for NoSQL.</summary>
/// <param name="Port">The name of the gateway's port.</param>
/// <param name="Key">The account's key, which everybody knows: no secret.</param>
internal sealed record CosmosInit(string Port, string Key);
