using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LocalZure.Engine.Support;

/// <summary>
/// posix_spawn(3) of a process that heads a session of its own, with all signals at their defaults and no descriptor of
/// this process but the three standard ones. A session and not <c>nohup</c>: many programs, Node.js among them, set
/// SIGHUP back to its default.
/// </summary>
internal static unsafe class UnixSpawn
{
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short LinuxSetSession = 0x80;
    private const short MacSetSession = 0x400;
    private const short MacCloseByDefault = 0x4000;
    private const uint OnlyThisUser = 0x180; // 0600
    private const string Nowhere = "/dev/null";
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    // Larger than the C library's types (336, 80 and 128 bytes at most), which are not to be looked into.
    private const int OpaqueSize = 1024;

    /// <summary>Starts the process and gives its pid, or 0 and the error number.</summary>
    /// <param name="command">The program as a full path, then its arguments.</param>
    /// <param name="environment">All of its variables.</param>
    /// <param name="workingDirectory">The folder it starts in.</param>
    /// <param name="streams">Where its standard streams lead.</param>
    public static (int Pid, int Error) Start(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string workingDirectory, SpawnStreams streams)
    {
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        NativeMemory.Clear(actions, OpaqueSize);
        NativeMemory.Clear(attributes, OpaqueSize);
        Check(Libc.SpawnActionsInit(actions));
        Check(Libc.SpawnAttributesInit(attributes));
        try
        {
            SetAttributes(attributes);
            var full = SetDirectory(actions, workingDirectory, command);
            SetDescriptors(actions, streams);
            return Spawn(full, environment, actions, attributes);
        }
        finally
        {
            _ = Libc.SpawnActionsDestroy(actions);
            _ = Libc.SpawnAttributesDestroy(attributes);
        }
    }

    private static void SetAttributes(byte* attributes)
    {
        var set = stackalloc byte[OpaqueSize];
        _ = Libc.SignalSetEmpty(set);
        Check(Libc.SpawnAttributesSetSignalMask(attributes, set));
        _ = Libc.SignalSetFill(set);
        _ = Libc.SignalSetRemove(set, Libc.SigKill);
        _ = Libc.SignalSetRemove(set, Libc.SigStop);
        Check(Libc.SpawnAttributesSetDefaultSignals(attributes, set));
        var platform = OperatingSystem.IsMacOS() ? (short)(MacSetSession | MacCloseByDefault) : LinuxSetSession;
        Check(Libc.SpawnAttributesSetFlags(attributes, (short)(SetSignalDefaults | SetSignalMask | platform)));
    }

    private static IReadOnlyList<string> SetDirectory(byte* actions, string workingDirectory, IReadOnlyList<string> command)
    {
        try
        {
            Check(Libc.SpawnActionsAddChangeDirectory(actions, workingDirectory));
            return command;
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library. exec keeps the pid and the start time.
            return ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", workingDirectory, .. command];
        }
    }

    private static void SetDescriptors(byte* actions, SpawnStreams streams)
    {
        var (create, append) = OperatingSystem.IsMacOS() ? (0x200, 0x8) : (0x40, 0x400);
        Check(streams.Input is { } input ? Duplicate(actions, input, 0) : Libc.SpawnActionsAddOpen(actions, 0, Nowhere, 0, 0));
        Check(streams.Output is { } output
            ? Duplicate(actions, output, 1)
            : Libc.SpawnActionsAddOpen(actions, 1, streams.OutputFile ?? Nowhere, 1 | create | append, OnlyThisUser));
        Check(streams.Error is { } error ? Duplicate(actions, error, 2) : Libc.SpawnActionsAddDuplicate(actions, 1, 2));
        foreach (var descriptor in InheritableDescriptors())
        {
            Check(Libc.SpawnActionsAddClose(actions, descriptor));
        }
    }

    // The copy is inherited although the handle itself is not.
    private static int Duplicate(byte* actions, SafeHandle handle, int to) =>
        Libc.SpawnActionsAddDuplicate(actions, (int)handle.DangerousGetHandle(), to);

    // What the shell itself inherited without close-on-exec, a CI agent's pipe for example: a process that lives on would
    // keep it open, and the agent would wait for it for ever. macOS has a flag for that.
    private static IEnumerable<int> InheritableDescriptors() => !OperatingSystem.IsLinux()
        ? []
        : Directory.GetFileSystemEntries("/proc/self/fd")
            .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
            .Where(descriptor => descriptor > 2 && Libc.FileControl(descriptor, GetDescriptorFlags) is var flags && flags >= 0 && (flags & CloseOnExec) == 0);

    private static (int Pid, int Error) Spawn(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, byte* actions, byte* attributes)
    {
        var arguments = Allocate(command);
        var variables = Allocate([.. environment.Select(variable => $"{variable.Key}={variable.Value}")]);
        try
        {
            int pid;
            var error = Libc.Spawn(&pid, command[0], actions, attributes, arguments, variables);
            return error == 0 ? (pid, 0) : (0, error);
        }
        finally
        {
            Free(arguments);
            Free(variables);
        }
    }

    // A list of C strings that ends with a null pointer.
    private static byte** Allocate(IReadOnlyList<string> texts)
    {
        var list = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(texts[i]);
            list[i] = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
            bytes.CopyTo(new Span<byte>(list[i], bytes.Length));
        }

        return list;
    }

    private static void Free(byte** list)
    {
        for (var text = list; *text is not null; text++)
        {
            NativeMemory.Free(*text);
        }

        NativeMemory.Free(list);
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new LocalZureException(ErrorCode.InternalError, $"The start of a process could not be prepared: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }
}
