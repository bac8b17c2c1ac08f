namespace LocalZure.Engine.Catalog;

/// <summary>An account of Azure Storage whose services take signed requests. A port that is null is a service that it has not.</summary>
/// <param name="Account">The account.</param>
/// <param name="Key">Its key, which everybody knows: no secret.</param>
internal sealed record StorageInit(string Account, string Key)
{
    /// <summary>The name of Blob Storage's port.</summary>
    public string? BlobPort { get; init; }

    /// <summary>The name of Queue Storage's port.</summary>
    public string? QueuePort { get; init; }

    /// <summary>The name of Table Storage's port.</summary>
    public string? TablePort { get; init; }
}
