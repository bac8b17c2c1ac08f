namespace LocalZure.Engine.Tests.Support;

/// <summary>The repository that the tests run in. Not by the path of a source file, which a reproducible build leaves out.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LocalZure.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run in the repository");
        }

        return folder.FullName;
    }
}
