namespace LocalZure.Engine.Support;

/// <summary>Files that only this user may read.</summary>
internal static class PrivateFile
{
    /// <summary>How to create one; a file of the name must not be there.</summary>
    public static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
