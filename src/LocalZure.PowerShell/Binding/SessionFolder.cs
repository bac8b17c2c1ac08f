using System.Management.Automation;
using LocalZure.Engine.Requests;

namespace LocalZure.PowerShell.Binding;

/// <summary>Paths as the session means them, which is not what its process does.</summary>
internal static class SessionFolder
{
    /// <summary>The folder in which the session stands, whatever drive it is on now.</summary>
    public static string CurrentFolder(this PSCmdlet cmdlet) => cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>The configuration that a path names, or the one that is found when there is none.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The path as it was given; null for none.</param>
    /// <exception cref="LocalZureException">ConfigNotFound for what is not a path of the file system.</exception>
    public static ConfigurationRequest Configuration(this PSCmdlet cmdlet, string? path) =>
        new() { Folder = cmdlet.CurrentFolder(), Path = path is null ? null : cmdlet.FullPath(path) };

    /// <summary>A path in full.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="code">The code of the failure when it is not a path of the file system.</param>
    /// <exception cref="LocalZureException">It is not one.</exception>
    public static string FullPath(this PSCmdlet cmdlet, string path, ErrorCode code = ErrorCode.ConfigNotFound)
    {
        try
        {
            var full = cmdlet.GetUnresolvedProviderPathFromPSPath(path);
            return Path.IsPathFullyQualified(full) ? full : throw new LocalZureException(code, $"'{path}' is not a path of the file system.");
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSInvalidOperationException or NotSupportedException)
        {
            throw new LocalZureException(code, $"'{path}' is not a path: {e.Message}", null, e);
        }
    }
}
