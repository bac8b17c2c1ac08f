using LocalZure.Engine;
using LocalZure.Engine.HostProcesses;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Host tools that all homes of all suites share, so that Azurite is installed once.</summary>
internal static class SharedTools
{
    private static readonly string Home = Path.Combine(Repository.Root, "out", ".test-home");
    private static readonly Lazy<Task<HostToolLocation>> Installation = new(InstallAsync);

    /// <summary>Whether an earlier run has installed them.</summary>
    public static bool AreInstalled => Directory.Exists(Folder) && Directory.EnumerateDirectories(Folder, "azurite-*").Any();

    private static string Folder => Path.Combine(Home, "tools");

    /// <summary>Makes the shared tools those of a home.</summary>
    public static async Task LinkAsync(string home)
    {
        await Installation.Value;
        Directory.CreateSymbolicLink(Path.Combine(home, "tools"), Folder);
    }

    private static Task<HostToolLocation> InstallAsync() =>
        new AzuriteTool(new EngineOptions { Home = Home, Environment = EnvironmentSnapshot.Capture() }).EnsureAsync(null, CancellationToken.None);
}
