using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LocalZure.Engine.Support;

/// <summary>What the operating system says of processes.</summary>
internal static class ProcessTable
{
    private static readonly object Gate = new();
    private static readonly Dictionary<int, Action<int>> Children = [];

    /// <summary>Which process has a pid now; null when none has, or when the one that has it has already ended.</summary>
    public static ProcessIdentity? Identify(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            if (ProcStat.Read(pid) is { } row)
            {
                return CollectIfEnded(row) ? null : row.Identity;
            }

            // Another thread may be collecting it at this moment: its exit code is noted before it counts as gone.
            Collect(pid);
            return null;
        }

        Collect(pid);
        return IdentifyByStartTime(pid);
    }

    /// <summary>Whether exactly this process runs.</summary>
    public static bool IsRunning(ProcessIdentity process) => Identify(process.Pid) == process;

    /// <summary>
    /// Whether exactly this process runs, has ended, or cannot be looked at: a system may hide the processes of other users
    /// (<c>hidepid</c> of proc(5)), or refuse to say when one was started.
    /// </summary>
    public static OwnerState Judge(ProcessIdentity process)
    {
        if (Identify(process.Pid) is { } identity)
        {
            return identity == process ? OwnerState.Alive : OwnerState.Dead;
        }

        return IsHidden(process.Pid) ? OwnerState.Unknown : OwnerState.Dead;
    }

    /// <summary>Whether exactly this process is suspended by a signal. Not for Windows.</summary>
    public static bool IsSuspended(ProcessIdentity process) =>
        (OperatingSystem.IsLinux() ? ProcStat.Read(process.Pid) : PsTable.Read(process.Pid)) is { IsSuspended: true } row && row.Identity == process;

    /// <summary>
    /// Takes charge of a child that this process has spawned itself: once it has ended, the next look at it collects it.
    /// Children of <see cref="Process"/> must not be given here: .NET ends the whole program when it finds that somebody
    /// else has collected one of its own.
    /// </summary>
    /// <param name="pid">The child.</param>
    /// <param name="ended">Told the exit code; 128 plus the signal's number when a signal ended it.</param>
    public static void Adopt(int pid, Action<int> ended)
    {
        lock (Gate)
        {
            Children[pid] = ended;
        }
    }

    /// <summary>Collects every child of <see cref="Adopt"/> that has ended.</summary>
    public static void CollectAll()
    {
        int[] pids;
        lock (Gate)
        {
            pids = [.. Children.Keys];
        }

        foreach (var pid in pids)
        {
            Collect(pid);
        }
    }

    /// <summary>Every process that can be seen. Not for Windows, where no parent is kept.</summary>
    public static IReadOnlyList<ProcessRow> ReadAll() => OperatingSystem.IsLinux() ? ProcStat.ReadAll() : PsTable.ReadAll();

    // Nothing was said of it: there is none, it has ended a moment ago, or it is hidden.
    private static bool IsHidden(int pid)
    {
        if (OperatingSystem.IsWindows())
        {
            return IsRefused(pid);
        }

        // kill(2) with no signal says of hidden ones too whether they are there.
        var isThere = Libc.Kill(pid, 0) == 0 || Marshal.GetLastPInvokeError() == Libc.NotPermitted;
        return isThere && (OperatingSystem.IsLinux() ? ProcStat.Read(pid) is null : IsRefused(pid));
    }

    private static bool IsRefused(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            _ = process.StartTime;
            return false;
        }
        catch (Win32Exception)
        {
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool CollectIfEnded(ProcessRow row)
    {
        if (row.HasEnded)
        {
            Collect(row.Identity.Pid);
        }

        return row.HasEnded;
    }

    private static unsafe void Collect(int pid)
    {
        lock (Gate)
        {
            var status = 0;
            if (!Children.TryGetValue(pid, out var ended) || Libc.WaitPid(pid, &status, Libc.WaitNoHang) == 0)
            {
                return;
            }

            // -1 (ECHILD) too: where SIGCHLD is ignored the kernel has collected it, and status stays 0 without meaning.
            Children.Remove(pid);
            if (ExitCode(status) is { } code)
            {
                ended(code);
            }
        }
    }

    // wait(2): the low seven bits are the signal, the second byte is the exit code.
    private static int? ExitCode(int status) => (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);

    private static ProcessIdentity? IdentifyByStartTime(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            var start = process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
            return process.HasExited ? null : new ProcessIdentity(pid, start);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // No such process, it ended while it was looked at, or it is one of the system that may not be opened.
            return null;
        }
    }
}
