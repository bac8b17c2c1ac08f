namespace LocalZure.Engine.Configuration.Drafts;

/// <summary>A sign that a folder uses a service.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Evidence">What was seen where, for example <c>Azure.Storage.Blobs in Shop.csproj</c>. Never a value.</param>
internal sealed record ServiceUse(string Service, string Evidence)
{
    /// <summary>The image of a service that the catalog does not have, as it was seen; null for one of the catalog's.</summary>
    public string? Image { get; init; }
}
