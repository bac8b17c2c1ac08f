using System.Management.Automation;
using LocalZure.Engine.Requests;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>A cmdlet about the configuration file.</summary>
public abstract class ConfigurationCommandBase : LocalZureCommandBase
{
    /// <summary>The folder in which the session stands, whatever drive it is on now.</summary>
    private protected string CurrentFolder => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>The configuration that a path names, or the one that is found when there is none.</summary>
    /// <param name="path">The path as it was given; null for none.</param>
    private protected ConfigurationRequest RequestFor(string? path) => new() { Folder = CurrentFolder, Path = path is null ? null : FullPath(path) };

    /// <summary>A path in full. Ends the cmdlet when it is not one of the file system.</summary>
    private protected string FullPath(string path)
    {
        try
        {
            var full = GetUnresolvedProviderPathFromPSPath(path);
            if (System.IO.Path.IsPathFullyQualified(full))
            {
                return full;
            }
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSInvalidOperationException or NotSupportedException)
        {
            Fail(new LocalZureException(ErrorCode.ConfigNotFound, $"'{path}' is not a path: {e.Message}", null, e), path);
        }

        Fail(new LocalZureException(ErrorCode.ConfigNotFound, $"'{path}' is not a path of the file system."), path);
        return path;
    }
}
