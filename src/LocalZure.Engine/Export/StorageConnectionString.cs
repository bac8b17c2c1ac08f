namespace LocalZure.Engine.Export;

/// <summary>Connection strings of Azure Storage, which name one endpoint for each of its services.</summary>
internal static class StorageConnectionString
{
    /// <summary>One connection string with the endpoints of both; null when they are not of one account or contradict each other.</summary>
    /// <remarks>
    /// <c>AccountName=a;AccountKey=k;BlobEndpoint=x;</c> and <c>AccountName=a;AccountKey=k;QueueEndpoint=y;</c> give
    /// <c>AccountName=a;AccountKey=k;BlobEndpoint=x;QueueEndpoint=y;</c>.
    /// </remarks>
    public static string? Merge(string first, string second)
    {
        if (Read(first) is not { } parts || Read(second) is not { } others || !parts.Where(IsShared).SequenceEqual(others.Where(IsShared)))
        {
            return null;
        }

        var added = others.Where(part => !parts.Contains(part)).ToList();
        return added.Exists(part => parts.Exists(own => own.Name == part.Name)) ? null : string.Concat(parts.Concat(added).Select(part => $"{part.Name}={part.Value};"));
    }

    // Only endpoints may be in one and not in the other.
    private static bool IsShared((string Name, string Value) part) => !part.Name.EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase);

    // Null when it is not the connection string of a storage account.
    private static List<(string Name, string Value)>? Read(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToList();
        return parts.TrueForAll(part => part.Length == 2) && parts.Exists(part => part[0] == "AccountName") && parts.Exists(part => part[0] == "AccountKey")
            ? parts.ConvertAll(part => (part[0], part[1]))
            : null;
    }
}
