using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Ends host processes: asks, waits, then kills the whole tree.</summary>
internal sealed class HostStopper
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    private readonly HostServices _host;
    private readonly TimeProvider _time;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    public HostStopper(HostServices host, TimeProvider time, IProgress<LifecycleEvent> events)
    {
        _host = host;
        _time = time;
        _events = events;
    }

    /// <summary>Ends the process of an entry, if exactly that process still runs. The entry stays; the caller holds the name's lock.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="grace">How long it may take to end; null takes the service's own, zero kills at once.</param>
    /// <param name="cancellationToken">Ends the waiting; the process then goes on ending by itself.</param>
    /// <exception cref="LocalZureException">NameConflict when nobody here can say whether it runs.</exception>
    public Task EndAsync(HostProcessEntry entry, TimeSpan? grace, CancellationToken cancellationToken) =>
        EndAsync(entry, new StopPatience(grace), cancellationToken);

    /// <inheritdoc cref="EndAsync(HostProcessEntry, TimeSpan?, CancellationToken)"/>
    public async Task EndAsync(HostProcessEntry entry, StopPatience grace, CancellationToken cancellationToken)
    {
        UnreachableProcess.Refuse(entry, _host);
        if (entry.Process is { } process)
        {
            await EndAsync(entry, process, grace, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // An entry without its process was left by a start that died between making the process and noting it.
            await EndFoundAsync(entry.LogDirectory, entry.ContainerName, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends every process that was started with a log folder, at once.</summary>
    /// <param name="logDirectory">The folder.</param>
    /// <param name="name">The service's name as a container, for messages.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LocalZureException">NameConflict when nobody here can say whether it runs.</exception>
    public async Task EndFoundAsync(string logDirectory, string name, CancellationToken cancellationToken)
    {
        UnreachableProcess.Refuse(logDirectory, name, _host);
        while (_host.Runner.FindByLogDirectory(logDirectory) is { } process)
        {
            _events.Report(new Noted(name, $"Process {process.Pid}, which no entry tells of, is ended."));
            await KillAsync(process, name, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(HostProcessEntry entry, ProcessIdentity process, StopPatience grace, CancellationToken cancellationToken)
    {
        var wasRunning = _host.Runner.IsRunning(process);
        var patience = grace.For(DefinitionNote.Read(entry)?.StopGrace ?? DefaultGrace);
        if (patience > TimeSpan.Zero && _host.Runner.IsSuspended(process))
        {
            // A frozen program hears no signal, and what it has not written yet would be lost.
            _host.Runner.ResumeTree(process);
        }

        if (patience > TimeSpan.Zero
            && _host.Runner.RequestStop(process, entry.StopSignal, entry.LogDirectory)
            && !await EndsWithinAsync(process, patience, cancellationToken).ConfigureAwait(false))
        {
            _events.Report(new Degraded(entry.ContainerName, $"The process of {entry.ContainerName} did not end within {patience.TotalSeconds:0.###} s of {entry.StopSignal} and is killed."));
        }

        await KillAsync(process, entry.ContainerName, cancellationToken).ConfigureAwait(false);
        if (wasRunning)
        {
            _host.Activity?.Stopped(new ServiceKey(entry.Service, entry.Instance), ServiceMode.Host, _host.Runner.ReadExitCode(entry.LogDirectory));
        }
    }

    /// <summary>Kills a process with what it has started, and waits until it has ended.</summary>
    /// <param name="process">The process.</param>
    /// <param name="name">The service's name as a container, for messages.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LocalZureException">InternalError when it does not end.</exception>
    public async Task KillAsync(ProcessIdentity process, string name, CancellationToken cancellationToken)
    {
        _host.Runner.KillTree(process);
        if (!await EndsWithinAsync(process, KillLimit, cancellationToken).ConfigureAwait(false))
        {
            throw new LocalZureException(ErrorCode.InternalError, $"Process {process.Pid} of {name} could not be ended.");
        }
    }

    private async Task<bool> EndsWithinAsync(ProcessIdentity process, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            await _host.Runner.WaitForExitAsync(process, linked.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
