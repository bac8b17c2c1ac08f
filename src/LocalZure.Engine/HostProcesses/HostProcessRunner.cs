using System.Collections;
using System.Globalization;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Starts and ends detached processes with what the operating system itself offers.</summary>
internal sealed partial class HostProcessRunner : IHostProcessRunner
{
    /// <summary>The variable that every process of ours and what it starts carries: the log folder.</summary>
    internal const string Mark = "LOCALZURE_HOST_PROCESS";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;

    private readonly int _rawLimit;

    /// <summary>Creates one.</summary>
    /// <param name="time">The clock.</param>
    public HostProcessRunner(TimeProvider time)
        : this(time, RawWriter.DefaultLimit)
    {
    }

    /// <summary>Creates one for tests.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="rawLimit">How large a file of output becomes, in bytes.</param>
    internal HostProcessRunner(TimeProvider time, int rawLimit)
    {
        _time = time;
        _rawLimit = rawLimit;
    }

    /// <inheritdoc/>
    public async Task<ProcessIdentity> StartAsync(HostProcessSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ProcessTable.CollectAll();
        Directory.CreateDirectory(spec.WorkingDirectory);
        Directory.CreateDirectory(spec.LogDirectory);
        File.Delete(HostLogFiles.ExitCode(spec.LogDirectory));
        File.Delete(HostLogFiles.StopRequest(spec.LogDirectory));
        var heading = RawLogFiles.BeginRun(spec.LogDirectory, _time.GetUtcNow());
        if (spec.IsNode)
        {
            await NodeLogWriter.WriteAsync(spec.LogDirectory, cancellationToken).ConfigureAwait(false);
        }

        var process = OperatingSystem.IsWindows() ? StartOnWindows(spec) : StartOnUnix(spec, heading);
        try
        {
            ProcessNote.Write(spec.LogDirectory, process);
        }
        catch
        {
            // Nothing would lead to it.
            KillTree(process);
            throw;
        }

        return process;
    }

    /// <inheritdoc/>
    public bool IsRunning(ProcessIdentity process) => ProcessTable.IsRunning(process);

    /// <inheritdoc/>
    public OwnerState Judge(ProcessIdentity process) => ProcessTable.Judge(process);

    /// <inheritdoc/>
    public ProcessIdentity? FindByLogDirectory(string logDirectory) =>
        FindByNote(logDirectory) ?? (OperatingSystem.IsLinux() ? FindByMark(logDirectory) : null);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string>? ReadEnvironment(ProcessIdentity process)
    {
        var variables = OperatingSystem.IsLinux() ? ProcEnvironment.Read(process.Pid) : null;

        // Looked at afterwards: the pid may have been given anew in between.
        return variables is not null && IsRunning(process) ? variables : null;
    }

    /// <inheritdoc/>
    public bool IsSuspended(ProcessIdentity process) => !OperatingSystem.IsWindows() && ProcessTable.IsSuspended(process);

    /// <inheritdoc/>
    public bool SuspendTree(ProcessIdentity process) => OperatingSystem.IsWindows() ? throw NoSuspensionOnWindows() : SuspendTreeOnUnix(process).Count > 0;

    /// <inheritdoc/>
    public bool ResumeTree(ProcessIdentity process) => OperatingSystem.IsWindows() ? throw NoSuspensionOnWindows() : ResumeTreeOnUnix(process);

    /// <inheritdoc/>
    public int? ReadExitCode(string logDirectory)
    {
        try
        {
            var text = File.ReadAllText(HostLogFiles.ExitCode(logDirectory));
            return int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var code) ? code : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            // Left by a run of another user, as after a sudo: this one is not told it.
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task WaitForExitAsync(ProcessIdentity process, CancellationToken cancellationToken)
    {
        for (var delay = FirstDelay; IsRunning(process); delay = delay * 1.5 < LongestDelay ? delay * 1.5 : LongestDelay)
        {
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public bool RequestStop(ProcessIdentity process, string stopSignal, string logDirectory) =>
        OperatingSystem.IsWindows() ? RequestStopOnWindows(process, stopSignal, logDirectory) : RequestStopOnUnix(process, stopSignal);

    /// <inheritdoc/>
    public bool KillTree(ProcessIdentity process) => OperatingSystem.IsWindows() ? KillTreeOnWindows(process) : KillTreeOnUnix(process);

    /// <inheritdoc/>
    public ProcessUsage? Measure(ProcessIdentity process) => ProcessMeter.Measure(process);

    private static ProcessIdentity? FindByNote(string logDirectory) =>
        ProcessNote.Read(logDirectory) is { IsElsewhere: false, IsOfAnEarlierBoot: false, Process: var process } && ProcessTable.IsRunning(process) ? process : null;

    private static ProcessIdentity? FindByMark(string logDirectory) => ProcessTable.ReadAll()
        .FirstOrDefault(row => row.SessionId == row.Identity.Pid && !row.HasEnded && MarkOf(row.Identity.Pid) == logDirectory)?.Identity;

    private static List<string> Command(HostProcessSpec spec) => spec.IsNode
        ? [spec.FileName, "--require", HostLogFiles.NodeLogWriter(spec.LogDirectory), .. spec.Arguments]
        : [spec.FileName, .. spec.Arguments];

    private static Dictionary<string, string> Variables(HostProcessSpec spec)
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var variables = new Dictionary<string, string>(comparer);
        if (!spec.IsWholeEnvironment)
        {
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            {
                variables[(string)variable.Key] = (string?)variable.Value ?? "";
            }
        }

        foreach (var (name, value) in spec.Environment)
        {
            variables[name] = value;
        }

        variables[Mark] = spec.LogDirectory;
        if (spec.IsNode)
        {
            variables[NodeLogWriter.FolderVariable] = spec.LogDirectory;
        }
        else
        {
            // Not the one of a program of ours that this process may itself run in.
            variables.Remove(NodeLogWriter.FolderVariable);
        }

        return variables;
    }

    private static LocalZureException NoSuspensionOnWindows() => new(
        ErrorCode.HostModeUnsupported,
        "Host processes cannot be suspended and resumed on Windows.",
        "Run the service in Docker, where containers can be frozen, or stop it with Stop-LzService -Keep.");

    private static LocalZureException CannotStart(HostProcessSpec spec, string reason, Exception? cause = null) => new(
        ErrorCode.HostToolMissing,
        $"The program '{spec.FileName}' cannot be started: {reason}.",
        innerException: cause);
}
