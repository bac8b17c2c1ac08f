using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Starts a watcher: detached like a host process, so that neither Ctrl+C nor the end of the terminal reaches it.</summary>
internal static class WatcherProcess
{
    /// <summary>Starts it.</summary>
    /// <param name="command">The program as a full path, then its arguments.</param>
    /// <param name="environment">All of its variables.</param>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="log">The file of its output.</param>
    /// <exception cref="LocalZureException">InternalError when it cannot be started.</exception>
    public static ProcessIdentity Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string folder, string log) =>
        (OperatingSystem.IsWindows() ? StartOnWindows(command, environment, folder) : StartOnUnix(command, environment, folder, log))
        ?? throw CannotStart(command, "it ended at once");

    private static ProcessIdentity? StartOnUnix(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string folder, string log)
    {
        var (pid, error) = UnixSpawn.Start(command, environment, folder, new SpawnStreams { OutputFile = log });
        if (error != 0)
        {
            throw CannotStart(command, Marshal.GetPInvokeErrorMessage(error));
        }

        var identity = OperatingSystem.IsLinux() ? ProcStat.Read(pid)?.Identity : ProcessTable.Identify(pid);
        ProcessTable.Adopt(pid, static _ => { });
        return identity;
    }

    // A hidden console of its own. What it says goes nowhere.
    private static ProcessIdentity? StartOnWindows(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { CreateNoWindow = true, UseShellExecute = false, WorkingDirectory = folder };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            return ProcessTable.Identify(process.Id);
        }
        catch (Win32Exception e)
        {
            throw CannotStart(command, e.Message);
        }
    }

    private static LocalZureException CannotStart(IReadOnlyList<string> command, string reason) =>
        new(ErrorCode.InternalError, $"The program '{command[0]}' cannot be started: {reason}.");
}
