namespace LocalZure.Integration.Tests.Support;

/// <summary>Where this repository lies.</summary>
internal static class Repository
{
    private static readonly string? Found = FindRoot();

    public static string Root => Found ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds LocalZure.sln");

    /// <summary>Whether the tests run in a repository.</summary>
    public static bool IsAround => Found is not null;

    private static string? FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "LocalZure.sln")))
            {
                return folder;
            }
        }

        return null;
    }
}
