using LocalZure.Engine.Requests;

namespace LocalZure.Cli.CommandLine;

/// <summary>Paths as the shell means them.</summary>
internal static class CurrentFolder
{
    /// <summary>The folder in which the shell stands.</summary>
    public static string Path => Environment.CurrentDirectory;

    /// <summary>The configuration that a path names, or the one that is found when there is none.</summary>
    /// <param name="path">The path as it was given; null for none.</param>
    public static ConfigurationRequest Configuration(string? path) => new() { Folder = Path, Path = FullPath(path) };

    /// <summary>A path in full; null for none.</summary>
    public static string? FullPath(string? path) => path is null ? null : System.IO.Path.GetFullPath(path);
}
