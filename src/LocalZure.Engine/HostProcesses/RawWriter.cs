using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// Writes what a program without a log writer of its own sends to its standard output and error into files of a bounded size, for as
/// long as the program runs: no process of LocalZure is there then. It is a few lines of <c>sh</c> around <c>dd</c>, which every Unix
/// has, which copies what comes as it comes and between two files is not there: so the files are changed by renaming, nothing is lost
/// between two, and a reader that has one open reads it to its end. It ends by itself when the last process that
/// could write has ended. It ignores every signal that can be ignored; should it be killed, the program gets SIGPIPE at its next line.
/// </summary>
internal static class RawWriter
{
    /// <summary>How large a file becomes, nearly.</summary>
    public const int DefaultLimit = 10 * 1024 * 1024;

    // $1 is the folder, $2 the limit, $3 the heading of the run. dd says "0+0 records in" (POSIX) when nobody can write any more.
    // A full disk, or a file that is gone, must not end the program: what comes then is read and dropped. The file is opened when it is
    // begun and not for each dd, so that none is made anew in a folder that is being removed.
    private const string Script = """
        trap '' HUP INT QUIT TERM PIPE TSTP
        umask 077
        cd "$1" || exec dd bs=65536 of=/dev/null
        limit=$2 heading=$3 part=1
        take() { if true >> output.raw.log; then exec 3>> output.raw.log; else exec 3> /dev/null; fi; }
        take
        while :; do
          size=$(wc -c < output.raw.log) || { size=0; exec 3> /dev/null; }
          if [ $((size)) -ge "$limit" ]; then
            for i in 3 2 1; do [ -e output.raw.$i.log ] && mv -f output.raw.$i.log output.raw.$((i + 1)).log; done
            mv -f output.raw.log output.raw.1.log
            part=$((part + 1))
            echo "$heading $part $(date -u +%Y-%m-%dT%H:%M:%SZ)" > output.raw.new && mv -f output.raw.new output.raw.log
            take
            size=0
          fi
          blocks=$(((limit - size) / 65536))
          [ $blocks -ge 4 ] || blocks=4
          if said=$(dd bs=65536 count=$blocks 2>&1 >&3); then
            case $said in 0+0*) exit 0 ;; esac
          else
            dropped=$(dd bs=65536 count=16 2>/dev/null | wc -c)
            [ $((dropped)) -gt 0 ] || exit 0
          fi
        done
        """;

    private static readonly string[] Folders = ["/bin", "/usr/bin"];

    /// <summary>Whether there is one for the output of a program that may have ended already.</summary>
    public static bool IsAtWork(string folder)
    {
        try
        {
            return File.ReadAllText(HostLogFiles.RawWriter(folder)).Split(' ') is [var pid, var token]
                && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && ProcessTable.IsRunning(new ProcessIdentity(number, token));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Waits until all that a program, which has ended, has written is in its files: a moment.</summary>
    /// <param name="folder">The log folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task WaitAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        // What the program has left running may go on to write.
        var began = time.GetTimestamp();
        while (IsAtWork(folder) && time.GetElapsedTime(began) < TimeSpan.FromSeconds(1))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="folder">The log folder, which has the file of the run.</param>
    /// <param name="heading">The first line of that file.</param>
    /// <param name="limit">How large a file becomes, in bytes.</param>
    /// <returns>The pipe that the program is to write to, to be closed once the program has it; null where the system has no <c>sh</c> or <c>dd</c>.</returns>
    public static AnonymousPipeServerStream? TryStart(string folder, string heading, int limit)
    {
        if (Find("sh") is not { } shell || Find("dd") is null)
        {
            return null;
        }

        var pipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        var variables = new Dictionary<string, string> { ["PATH"] = string.Join(':', Folders), ["LC_ALL"] = "C" };
        var (pid, error) = UnixSpawn.Start(
            [shell, "-c", Script, "localzure-log", folder, limit.ToString(CultureInfo.InvariantCulture), heading],
            variables,
            "/",
            new SpawnStreams { Input = pipe.ClientSafePipeHandle });
        pipe.DisposeLocalCopyOfClientHandle();
        if (error != 0)
        {
            pipe.Dispose();
            throw new LocalZureException(ErrorCode.HostToolMissing, $"The program '{shell}', which writes the log, cannot be started: {Marshal.GetPInvokeErrorMessage(error)}.");
        }

        var identity = OperatingSystem.IsLinux() ? ProcStat.Read(pid)?.Identity : ProcessTable.Identify(pid);
        ProcessTable.Adopt(pid, static _ => { });
        try
        {
            if (identity is not null)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{identity.Pid} {identity.StartToken}");
                WholeFile.Replace(HostLogFiles.RawWriter(folder), file => file.Write(Encoding.ASCII.GetBytes(text)));
            }
        }
        catch
        {
            // It ends when nobody can write to it any more.
            pipe.Dispose();
            throw;
        }

        return pipe;
    }

    private static string? Find(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(ProgramPath.IsProgram);
}
