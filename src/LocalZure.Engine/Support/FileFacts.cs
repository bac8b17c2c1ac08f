using System.Runtime.InteropServices;

namespace LocalZure.Engine.Support;

/// <summary>What a Unix knows of a file that .NET does not tell.</summary>
/// <param name="Device">The file system that it is on.</param>
/// <param name="Node">Its number there: two names of one file have the same.</param>
/// <param name="Owner">The id of the user that owns it.</param>
internal readonly record struct FileFacts(ulong Device, ulong Node, uint Owner)
{
    private const int Length = 256;

    // statx(2)
    private const int CurrentFolder = -100;
    private const int OfDescriptor = 0x1000;
    private const int OfLink = 0x100;
    private const uint BasicFacts = 0x7FF;

    /// <summary>The facts of a file; null when it is not there, cannot be looked at, or on Windows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="followsLink">Whether a symbolic link stands for what it leads to.</param>
    public static FileFacts? Of(string path, bool followsLink = true) => Read(CurrentFolder, path, followsLink ? 0 : OfLink);

    /// <summary>The facts of an open file, whatever its name is by now.</summary>
    public static FileFacts? Of(SafeHandle file) => Read((int)file.DangerousGetHandle(), "", OfDescriptor);

    private static unsafe FileFacts? Read(int descriptor, string path, int flags)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var content = stackalloc byte[Length];
        try
        {
            var failed = OperatingSystem.IsLinux()
                ? Libc.FileStatus(descriptor, path, flags, BasicFacts, content)
                : Libc.MacFileStatus(descriptor, path, flags, content);
            return failed != 0 ? null : Parse(new ReadOnlySpan<byte>(content, Length));
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than statx (glibc 2.27).
            return null;
        }
    }

    private static FileFacts Parse(ReadOnlySpan<byte> facts) => OperatingSystem.IsLinux()
        // struct statx, which is the same on every architecture: the device is two numbers.
        ? new FileFacts(
            ((ulong)MemoryMarshal.Read<uint>(facts[136..]) << 32) | MemoryMarshal.Read<uint>(facts[140..]),
            MemoryMarshal.Read<ulong>(facts[32..]),
            MemoryMarshal.Read<uint>(facts[20..]))
        // struct stat of macOS with inodes of 64 bits: device, mode, links, inode, owner.
        : new FileFacts(MemoryMarshal.Read<uint>(facts), MemoryMarshal.Read<ulong>(facts[8..]), MemoryMarshal.Read<uint>(facts[16..]));
}
