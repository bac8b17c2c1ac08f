namespace LocalZure.Engine.Support;

/// <summary>Says what is wrong with the LocalZure home when something cannot be written there.</summary>
internal static class HomeFolder
{
    /// <summary>Whether a failure is the operating system's refusal of a write.</summary>
    public static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>The failure as users see it.</summary>
    /// <param name="path">The file that could not be written.</param>
    /// <param name="refusal">The refusal.</param>
    public static LocalZureException Refused(string path, Exception refusal) => refusal is IOException io && DiskSpace.IsExhausted(io)
        ? new LocalZureException(ErrorCode.DiskFull, $"'{path}' cannot be written: no space is left.", innerException: refusal)
        : new LocalZureException(ErrorCode.HomeNotWritable, $"'{path}' in the LocalZure home cannot be written: {refusal.Message}", innerException: refusal);
}
