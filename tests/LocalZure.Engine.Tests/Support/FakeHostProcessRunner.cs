using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Host processes in memory.</summary>
internal sealed class FakeHostProcessRunner : IHostProcessRunner
{
    private int _pids = 1000;

    public HashSet<ProcessIdentity> Running { get; } = [];

    /// <summary>The log folders that processes carry as their mark.</summary>
    public Dictionary<ProcessIdentity, string> Marked { get; } = [];

    public HashSet<ProcessIdentity> Suspended { get; } = [];

    /// <summary>What was started, in order.</summary>
    public List<HostProcessSpec> Started { get; } = [];

    /// <summary>The environment of processes that the system shows.</summary>
    public Dictionary<ProcessIdentity, IReadOnlyDictionary<string, string>> Environments { get; } = [];

    public List<ProcessIdentity> Killed { get; } = [];

    public Dictionary<string, int> ExitCodes { get; } = [];

    /// <summary>Asked before a process is killed.</summary>
    public Action<ProcessIdentity> BeforeKill { get; set; } = _ => { };

    public Task<ProcessIdentity> StartAsync(HostProcessSpec spec, CancellationToken cancellationToken)
    {
        var process = new ProcessIdentity(++_pids, "1");
        Running.Add(process);
        Started.Add(spec);
        Marked[process] = spec.LogDirectory;
        return Task.FromResult(process);
    }

    /// <summary>Those that may not be looked at.</summary>
    public HashSet<ProcessIdentity> Hidden { get; } = [];

    public bool IsRunning(ProcessIdentity process) => Running.Contains(process);

    public OwnerState Judge(ProcessIdentity process) => IsRunning(process) ? OwnerState.Alive : Hidden.Contains(process) ? OwnerState.Unknown : OwnerState.Dead;

    public ProcessIdentity? FindByLogDirectory(string logDirectory) => Marked.Where(pair => pair.Value == logDirectory && IsRunning(pair.Key)).Select(pair => pair.Key).FirstOrDefault();

    public IReadOnlyDictionary<string, string>? ReadEnvironment(ProcessIdentity process) => IsRunning(process) ? Environments.GetValueOrDefault(process) : null;

    public bool IsSuspended(ProcessIdentity process) => Suspended.Contains(process);

    public bool SuspendTree(ProcessIdentity process) => IsRunning(process) && Suspended.Add(process);

    public bool ResumeTree(ProcessIdentity process) => IsRunning(process) && Suspended.Remove(process);

    public int? ReadExitCode(string logDirectory) => ExitCodes.TryGetValue(logDirectory, out var code) ? code : null;

    public Task WaitForExitAsync(ProcessIdentity process, CancellationToken cancellationToken) =>
        IsRunning(process) ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;

    public bool RequestStop(ProcessIdentity process, string stopSignal, string logDirectory) => !Suspended.Contains(process) && Running.Remove(process);

    /// <summary>What running processes use.</summary>
    public Func<ProcessIdentity, ProcessUsage?> OnMeasure { get; set; } = _ => null;

    public ProcessUsage? Measure(ProcessIdentity process) => IsRunning(process) ? OnMeasure(process) : null;

    public bool KillTree(ProcessIdentity process)
    {
        BeforeKill(process);
        Killed.Add(process);
        return Running.Remove(process);
    }
}
