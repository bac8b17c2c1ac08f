namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Removes folders of ours.</summary>
internal static class HostFolders
{
    /// <summary>Removes a folder with all that is in it; one that is not there is fine.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else was faster, or it never was.
        }
    }
}
