namespace LocalZure.Engine.Seeding;

/// <summary>Signs requests to Cosmos DB with the account's key. Source: Microsoft's page "Access control in the Azure Cosmos DB SQL API".</summary>
internal static class CosmosKey
{
    /// <summary>The value of the header <c>authorization</c>.</summary>
    /// <param name="method">For example <c>POST</c>.</param>
    /// <param name="type">What is asked for, for example <c>dbs</c>.</param>
    /// <param name="link">Which one; empty for all of them.</param>
    /// <param name="date">The request's date, as in the header.</param>
    /// <param name="key">The account's key, in Base64.</param>
    public static string Authorization(string method, string type, string link, string date, string key)
    {
        var signature = SharedKey.Sign($"{method.ToLowerInvariant()}\n{type}\n{link}\n{date.ToLowerInvariant()}\n\n", key);
        return Uri.EscapeDataString($"type=master&ver=1.0&sig={signature}");
    }
}
