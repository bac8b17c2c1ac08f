using System.ComponentModel;
using System.Diagnostics;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

internal sealed partial class HostProcessRunner
{
    private static ProcessIdentity StartOnWindows(HostProcessSpec spec)
    {
        // A hidden console of its own, so that Ctrl+C and the closing of this one do not reach it.
        var start = new ProcessStartInfo { CreateNoWindow = true, UseShellExecute = false, WorkingDirectory = spec.WorkingDirectory };
        if (!File.Exists(spec.FileName))
        {
            throw CannotStart(spec, "the file does not exist");
        }

        SetCommand(start, spec);
        start.Environment.Clear();
        foreach (var (name, value) in Variables(spec))
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            return ProcessTable.Identify(process.Id) ?? throw CannotStart(spec, "it ended at once");
        }
        catch (Win32Exception e)
        {
            throw CannotStart(spec, e.Message, e);
        }
    }

    private static void SetCommand(ProcessStartInfo start, HostProcessSpec spec)
    {
        if (spec.IsNode)
        {
            // Its output goes through the log writer.
            var command = Command(spec);
            start.FileName = command[0];
            command.Skip(1).ToList().ForEach(start.ArgumentList.Add);
            return;
        }

        // Only the command interpreter appends to a file without this process in between. /s takes the outer quotes off:
        // cmd /d /s /c ""C:\redis\redis-server.exe" "--port" "6379" >> "C:\…\output.raw.log" 2>&1"
        var quoted = string.Join(' ', Command(spec).Select(argument => '"' + argument.Replace("\"", "\\\"", StringComparison.Ordinal) + '"'));
        start.FileName = Path.Combine(Environment.SystemDirectory, "cmd.exe");
        start.Arguments = $"/d /s /c \"{quoted} >> \"{HostLogFiles.Raw(spec.LogDirectory)}\" 2>&1\"";
    }

    // There are no signals: the log writer inside the process looks for this file and emits the signal's event.
    private static bool RequestStopOnWindows(ProcessIdentity process, string stopSignal, string logDirectory)
    {
        if (!ProcessTable.IsRunning(process))
        {
            return false;
        }

        File.WriteAllText(HostLogFiles.StopRequest(logDirectory), stopSignal);
        return true;
    }

    private static bool KillTreeOnWindows(ProcessIdentity process)
    {
        if (!ProcessTable.IsRunning(process))
        {
            return false;
        }

        try
        {
            using var running = Process.GetProcessById(process.Pid);
            running.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended in between.
            return false;
        }
    }
}
