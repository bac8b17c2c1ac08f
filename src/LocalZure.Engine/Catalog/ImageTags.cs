namespace LocalZure.Engine.Catalog;

/// <summary>Every pinned image, and nowhere else.</summary>
internal static class ImageTags
{
    /// <summary>Azurite, the newest release of August 2026.</summary>
    public const string Azurite = "mcr.microsoft.com/azure-storage/azurite:3.37.0";
}
