using System.Runtime.InteropServices;

namespace LocalZure.Engine.Support;

/// <summary>The C library calls that .NET has no form of. Names, arguments and results as in their manual pages.</summary>
internal static unsafe partial class Libc
{
    /// <summary>waitpid(2): come back at once.</summary>
    public const int WaitNoHang = 1;

    /// <summary>kill(2): the signal that cannot be handled.</summary>
    public const int SigKill = 9;

    /// <summary>kill(2): what Ctrl+C sends.</summary>
    public const int SigInt = 2;

    /// <summary>kill(2): the polite request to end.</summary>
    public const int SigTerm = 15;

    /// <summary>The signal that suspends a process and cannot be handled; its number differs between kernels.</summary>
    public static int SigStop => OperatingSystem.IsLinux() ? 19 : 17;

    /// <summary>The signal that lets a suspended process go on; its number differs between kernels.</summary>
    public static int SigContinue => OperatingSystem.IsLinux() ? 18 : 19;

    /// <summary>flock(2): take the lock for one holder, or come back at once.</summary>
    public const int LockExclusiveNow = 2 | 4;

    /// <summary>The errors of errno(3) that have the same number everywhere.</summary>
    public const int NotPermitted = 1, NoSuchProcess = 3, Interrupted = 4, AccessDenied = 13, AlreadyThere = 17, TooManyLinks = 31;

    /// <summary>The error of a call that this kernel or file system does not have.</summary>
    public static bool IsUnsupported(int error) => OperatingSystem.IsLinux() ? error is 38 or 95 : error is 78 or 45 or 102;

    /// <summary>The user that this process acts as.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>getpwuid(3): the first member of what the answer points to is the name. The answer is that of the last call.</summary>
    [LibraryImport("libc", EntryPoint = "getpwuid", SetLastError = true)]
    public static partial byte** FindUser(uint user);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int LockFile(int descriptor, int operation);

    /// <summary>statx(2), of Linux only.</summary>
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FileStatus(int folder, string path, int flags, uint mask, byte* content);

    /// <summary>stat(2), lstat(2) or fstat(2) of macOS, chosen by the arguments of <see cref="FileStatus"/>.</summary>
    public static int MacFileStatus(int descriptor, string path, int flags, byte* content)
    {
        var isIntel = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        return (descriptor >= 0, flags != 0) switch
        {
            (true, _) => isIntel ? MacStatusOfDescriptorOnIntel(descriptor, content) : MacStatusOfDescriptor(descriptor, content),
            (_, true) => isIntel ? MacStatusOfLinkOnIntel(path, content) : MacStatusOfLink(path, content),
            _ => isIntel ? MacStatusOnIntel(path, content) : MacStatus(path, content),
        };
    }

    [LibraryImport("libc", EntryPoint = "stat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MacStatus(string path, byte* content);

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MacStatusOfLink(string path, byte* content);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    private static partial int MacStatusOfDescriptor(int descriptor, byte* content);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MacStatusOnIntel(string path, byte* content);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MacStatusOfLinkOnIntel(string path, byte* content);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int MacStatusOfDescriptorOnIntel(int descriptor, byte* content);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int pid, int* status, int options);

    [LibraryImport("libc", EntryPoint = "getsid", SetLastError = true)]
    public static partial int GetSession(int pid);

    /// <summary>syscall(2) for calls with two arguments.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    /// <summary>fcntl(2) for commands without a third argument, such as F_GETFD.</summary>
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int FileControl(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    public static partial int SignalSetEmpty(byte* set);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    public static partial int SignalSetFill(byte* set);

    [LibraryImport("libc", EntryPoint = "sigdelset")]
    public static partial int SignalSetRemove(byte* set, int signal);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int SpawnAttributesInit(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial int SpawnAttributesDestroy(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SpawnAttributesSetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SpawnAttributesSetDefaultSignals(byte* attributes, byte* set);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SpawnAttributesSetSignalMask(byte* attributes, byte* set);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int SpawnActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int SpawnActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SpawnActionsAddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int SpawnActionsAddDuplicate(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclose")]
    public static partial int SpawnActionsAddClose(byte* actions, int descriptor);

    /// <summary>Since glibc 2.29, musl 1.1.24 and macOS 10.15; elsewhere an <see cref="EntryPointNotFoundException"/>.</summary>
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SpawnActionsAddChangeDirectory(byte* actions, string path);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(int* pid, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);
}
