using System.Globalization;
using System.Runtime.InteropServices;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

internal sealed partial class HostProcessRunner
{
    // Every round finds what was started before its parent was suspended; a tree settles in two or three.
    private const int MostRounds = 20;

    private ProcessIdentity StartOnUnix(HostProcessSpec spec, string heading)
    {
        // Node.js writes its log itself, and past that only its last words.
        using var writer = spec.IsNode ? null : RawWriter.TryStart(spec.LogDirectory, heading, _rawLimit);
        var streams = new SpawnStreams { Output = writer?.SafePipeHandle, OutputFile = HostLogFiles.Raw(spec.LogDirectory) };
        var (pid, error) = UnixSpawn.Start(Command(spec), Variables(spec), spec.WorkingDirectory, streams);
        if (error != 0)
        {
            throw CannotStart(spec, Marshal.GetPInvokeErrorMessage(error));
        }

        // Read before the child can be collected, so that its row is there even when it has already ended.
        var identity = OperatingSystem.IsLinux() ? ProcStat.Read(pid)?.Identity : ProcessTable.Identify(pid);
        ProcessTable.Adopt(pid, code => NoteExitCode(spec.LogDirectory, code));
        return identity ?? throw CannotStart(spec, "it ended at once");
    }

    // For programs that note none themselves, or were killed. Only the process that started them learns it.
    private static void NoteExitCode(string folder, int code)
    {
        var path = HostLogFiles.ExitCode(folder);
        if (Directory.Exists(folder) && !File.Exists(path))
        {
            File.WriteAllText(path, code.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static bool RequestStopOnUnix(ProcessIdentity process, string stopSignal)
    {
        var signal = stopSignal switch
        {
            "SIGTERM" => Libc.SigTerm,
            "SIGINT" => Libc.SigInt,
            _ => throw new LocalZureException(ErrorCode.ParameterInvalid, $"The stop signal '{stopSignal}' is neither SIGTERM nor SIGINT."),
        };
        return Send(process, signal);
    }

    private static bool KillTreeOnUnix(ProcessIdentity head) =>
        SuspendTreeOnUnix(head).Where(process => Send(process, Libc.SigKill)).ToList().Count > 0;

    // Suspended processes start nothing new, and stay the parents of what they have started.
    private static HashSet<ProcessIdentity> SuspendTreeOnUnix(ProcessIdentity head)
    {
        var suspended = new HashSet<ProcessIdentity>();
        for (var round = 0; round < MostRounds; round++)
        {
            var rows = ProcessTable.ReadAll();
            var fresh = ProcessTree.Members([.. Roots(head, rows), .. suspended], rows).Where(process => !suspended.Contains(process)).ToList();
            if (fresh.Count == 0)
            {
                break;
            }

            suspended.UnionWith(fresh.Where(process => Send(process, Libc.SigStop)));
        }

        return suspended;
    }

    // In one round: what is suspended starts nothing, and what is awake already needs no signal.
    private static bool ResumeTreeOnUnix(ProcessIdentity head)
    {
        var rows = ProcessTable.ReadAll();
        return ProcessTree.Members(Roots(head, rows), rows).Where(process => Send(process, Libc.SigContinue)).ToList().Count > 0;
    }

    /// <summary>The head or, when it has ended before what it started, the rest of its session.</summary>
    private static IEnumerable<ProcessIdentity> Roots(ProcessIdentity head, IReadOnlyList<ProcessRow> rows)
    {
        var row = rows.FirstOrDefault(row => row.Identity.Pid == head.Pid);
        if (row is { HasEnded: false })
        {
            // Another start token: the pid was given anew, which the kernel only does when nothing is left of the session.
            return row.Identity == head ? [head] : [];
        }

        return rows.Where(row => row.SessionId == head.Pid && !row.HasEnded && HasMark(row.Identity.Pid)).Select(row => row.Identity);
    }

    /// <summary>The service, named as a container, that a process was started for; null when it is none of ours or cannot be told.</summary>
    public static string? NameOf(int pid) => MarkOf(pid) is { } logs ? Path.GetFileName(logs) : null;

    private static bool HasMark(int pid) => MarkOf(pid) is not null;

    private static string? MarkOf(int pid) => ProcEnvironment.Read(pid)?.GetValueOrDefault(Mark);

    private static bool Send(ProcessIdentity process, int signal) =>
        ProcessTable.IsRunning(process) && Libc.Kill(process.Pid, signal) == 0;
}
