using System.Runtime.InteropServices;

namespace LocalZure.Engine.Support;

/// <summary>
/// A lock between processes, held while its file is open. The operating system gives it back when the holder dies, so a
/// crash never blocks anybody. Only the holder may remove the file (<see cref="Delete"/>): who waited for it then notices, and
/// takes the lock of the file that has the name by then.
/// </summary>
internal sealed class FileLock : IDisposable, IAsyncDisposable
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsLockViolation = unchecked((int)0x80070021);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;
    private readonly string _path;

    private FileLock(FileStream file, string path)
    {
        _file = file;
        _path = path;
    }

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <param name="path">The lock's file; made with its folder when missing.</param>
    /// <param name="limit">How long to wait; <see cref="TimeSpan.Zero"/> tries once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LocalZureException">LockTimeout when another holder kept it for longer than the limit; HomeNotWritable or DiskFull.</exception>
    public static async Task<FileLock> AcquireAsync(string path, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen(path) is { } file)
            {
                return new FileLock(file, path);
            }

            if (time.GetElapsedTime(start) >= limit)
            {
                throw new LocalZureException(ErrorCode.LockTimeout, $"Another process has held the lock '{path}' for more than {limit.TotalSeconds:0.#} s.");
            }

            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the file of a lock unless somebody holds it; for a name that nobody will use again.</summary>
    /// <param name="path">The lock's file.</param>
    public static void DeleteUnlessHeld(string path)
    {
        if (File.Exists(path) && TryOpen(path) is { } file)
        {
            using var held = new FileLock(file, path);
            held.Delete();
        }
    }

    /// <summary>Gives the lock back and removes its file.</summary>
    public void Delete()
    {
        if (!OperatingSystem.IsWindows())
        {
            // While it is held: nobody else can have the lock of this name.
            File.Delete(_path);
            Dispose();
            return;
        }

        // Windows keeps a file that is open, this one's as well as that of who has taken the lock in between.
        Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in use again, and stays for that.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // On Unix FileShare.None is flock(2), which also keeps out other holders in this same process.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            if (OperatingSystem.IsWindows() || (IsLocked(file, path) && HasName(file, path)))
            {
                return file;
            }

            file.Dispose();
            return null;
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(path, e);
        }
    }

    // .NET goes on where flock(2) fails, as it does where the file system has none, or where it was told not to lock. Once more
    // for a file that is locked already is fine.
    private static bool IsLocked(FileStream file, string path)
    {
        while (Libc.LockFile((int)file.SafeFileHandle.DangerousGetHandle(), Libc.LockExclusiveNow) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == (OperatingSystem.IsLinux() ? LinuxWouldBlock : MacWouldBlock))
            {
                return false;
            }

            if (error != Libc.Interrupted)
            {
                file.Dispose();
                throw Impossible(path, error);
            }
        }

        return true;
    }

    /// <summary>The refusal of a file system that cannot lock: two commands at once would then destroy each other's work.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="error">The number of errno(3).</param>
    internal static LocalZureException Impossible(string path, int error) => new(
        ErrorCode.HomeNotWritable,
        $"'{path}' cannot be locked ({Marshal.GetPInvokeErrorMessage(error)}), and without locks two commands at once would spoil each other's work.",
        "Set LOCALZURE_HOME to a folder on a local disk, or mount the file system with locks.");

    // False for a file that a holder has removed while it was waited for: its lock keeps nobody out.
    private static bool HasName(FileStream file, string path) => FileFacts.Of(file.SafeFileHandle) is not { } held || FileFacts.Of(path) == held;

    private static bool IsHeld(IOException e) => OperatingSystem.IsWindows()
        ? e.HResult is WindowsSharingViolation or WindowsLockViolation
        : e.HResult == (OperatingSystem.IsLinux() ? LinuxWouldBlock : MacWouldBlock);
}
