namespace LocalZure.Engine.Support;

/// <summary>Tells a full disk from other failures.</summary>
internal static class DiskSpace
{
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int UnixNoSpace = 28;

    /// <summary>The bytes that this user may still write where a folder is; null when that cannot be told.</summary>
    /// <param name="folder">A folder that exists.</param>
    public static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a failed write found no space left on the device.</summary>
    public static bool IsExhausted(IOException e) => OperatingSystem.IsWindows()
        ? e.HResult is WindowsDiskFull or WindowsHandleDiskFull
        : e.HResult == UnixNoSpace;
}
