using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Starts and ends processes of this machine that outlive the caller.</summary>
internal interface IHostProcessRunner
{
    /// <summary>
    /// Starts a process that is detached from this one: no terminal, a session of its own, so that neither Ctrl+C, a
    /// closed terminal nor the end of this process reaches it.
    /// </summary>
    /// <exception cref="LocalZureException">HostToolMissing when the program cannot be started.</exception>
    Task<ProcessIdentity> StartAsync(HostProcessSpec spec, CancellationToken cancellationToken);

    /// <summary>Whether exactly this process still runs; false for another one that got its pid.</summary>
    bool IsRunning(ProcessIdentity process);

    /// <summary>Whether exactly this process runs, has ended, or is hidden from this user.</summary>
    OwnerState Judge(ProcessIdentity process);

    /// <summary>
    /// The process that was started with a log folder, found by the note in the folder or, where the operating system shows it, by the
    /// mark in its environment; null when none runs.
    /// </summary>
    ProcessIdentity? FindByLogDirectory(string logDirectory);

    /// <summary>
    /// The variables that the process was started with; null when it does not run, or where the operating system does not show
    /// the environment of processes. May hold secrets.
    /// </summary>
    IReadOnlyDictionary<string, string>? ReadEnvironment(ProcessIdentity process);

    /// <summary>Whether the process is suspended; false when it does not run.</summary>
    bool IsSuspended(ProcessIdentity process);

    /// <summary>Suspends the process and everything it started; false when it does not run.</summary>
    /// <exception cref="LocalZureException">HostModeUnsupported on Windows, which has no such thing.</exception>
    bool SuspendTree(ProcessIdentity process);

    /// <summary>Lets the process and everything it started go on; false when it does not run.</summary>
    /// <exception cref="LocalZureException">HostModeUnsupported on Windows, which has no such thing.</exception>
    bool ResumeTree(ProcessIdentity process);

    /// <summary>The exit code that the process left in its log folder; null when it left none.</summary>
    int? ReadExitCode(string logDirectory);

    /// <summary>Waits until the process does not run.</summary>
    Task WaitForExitAsync(ProcessIdentity process, CancellationToken cancellationToken);

    /// <summary>Asks the process to end; false when it does not run (any more).</summary>
    bool RequestStop(ProcessIdentity process, string stopSignal, string logDirectory);

    /// <summary>Ends the process and everything it started, at once; false when it does not run (any more).</summary>
    bool KillTree(ProcessIdentity process);

    /// <summary>What the process and everything it started use at this moment; null when it does not run.</summary>
    ProcessUsage? Measure(ProcessIdentity process);
}
