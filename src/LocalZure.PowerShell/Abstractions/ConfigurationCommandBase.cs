using LocalZure.Engine.Requests;
using LocalZure.PowerShell.Binding;

namespace LocalZure.PowerShell.Abstractions;

/// <summary>A cmdlet about the configuration file.</summary>
public abstract class ConfigurationCommandBase : LocalZureCommandBase
{
    /// <summary>The configuration that a path names, or the one that is found when there is none. Ends the cmdlet when it is not a path of the file system.</summary>
    /// <param name="path">The path as it was given; null for none.</param>
    private protected ConfigurationRequest RequestFor(string? path) => OrFail(() => this.Configuration(path), path);

    /// <summary>A path in full; the session's folder for none. Ends the cmdlet when it is not one of the file system.</summary>
    private protected string FolderOr(string? path) => OrFail(() => path is null ? this.CurrentFolder() : this.FullPath(path), path);

    private T OrFail<T>(Func<T> read, string? path)
    {
        try
        {
            return read();
        }
        catch (LocalZureException e)
        {
            Fail(e, path);
            throw;
        }
    }
}
