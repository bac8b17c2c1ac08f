using System.Text.RegularExpressions;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Makes the process of an entry and waits until it is usable. The caller holds the name's lock.</summary>
internal sealed partial class HostLauncher
{
    private readonly HostServices _host;
    private readonly TimeProvider _time;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="host">What host mode needs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="events">Told what happens.</param>
    public HostLauncher(HostServices host, TimeProvider time, IProgress<LifecycleEvent> events)
    {
        _host = host;
        _time = time;
        _events = events;
    }

    /// <summary>Makes the process. The answer is the entry with it, which is in the registry too.</summary>
    // The entry is written before the process is made: should this process die in between, the mark that every process of
    // ours carries still leads from the entry to it.
    public async Task<HostProcessEntry> SpawnAsync(HostProcessEntry entry, HostProcessSpec spec, StartClock clock, CancellationToken cancellationToken)
    {
        // The entry leads to the folders, should this process die in between.
        entry = entry with { Place = ProcessPlace.Here.ToString() };
        await _host.Registry.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
        entry.Volumes.ToList().ForEach(volume => Write(volume.Source, static folder => Directory.CreateDirectory(folder)));
        await WriteFilesAsync(spec, cancellationToken).ConfigureAwait(false);
        clock.Created();
        _events.Report(new StepProgressed(entry.ContainerName, "Starting", $"process of {entry.Program}"));
        entry = entry with { Process = await StartAsync(spec, cancellationToken).ConfigureAwait(false) };
        await _host.Registry.WriteAsync(entry, CancellationToken.None).ConfigureAwait(false);
        clock.Started();
        _host.Activity?.Started(entry);
        return entry;
    }

    private async Task<ProcessIdentity> StartAsync(HostProcessSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return await _host.Runner.StartAsync(spec, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Explain(_host.Paths.Home, e) is LocalZureException told ? told : HomeFolder.Refused(spec.LogDirectory, e);
        }
    }

    private static void Write(string path, Action<string> write)
    {
        try
        {
            write(path);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(path, e);
        }
    }

    private static async Task WriteFilesAsync(HostProcessSpec spec, CancellationToken cancellationToken)
    {
        foreach (var (path, content) in spec.Files)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, content, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (HomeFolder.IsRefusal(e))
            {
                throw HomeFolder.Refused(path, e);
            }
        }
    }

    /// <summary>Waits until the process of an entry is usable.</summary>
    public async Task<ReadinessResult> WaitAsync(HostProcessEntry entry, DesiredService desired, CancellationToken cancellationToken)
    {
        var definition = desired.Definition;
        var probes = new ServiceProbes(ProbedProcess.Of(_host, entry), definition.Host?.Probes ?? definition.Probes, definition.TerminalLogLines, _time);
        await using var disposal = probes.ConfigureAwait(false);
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            _events.Report(new StepProgressed(entry.ContainerName, "Waiting", $"until {probes.Targets} answers"));
            var exited = _host.Runner.WaitForExitAsync(entry.Process!, watch.Token);
            return await probes.WaitAsync(exited, desired.StartTimeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await watch.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether the process of an entry did not get one of its ports: it ended saying so, or somebody else has answered in its place.</summary>
    public async Task<bool> LostAPortAsync(HostProcessEntry entry, ReadinessResult readiness, CancellationToken cancellationToken) => readiness.Outcome switch
    {
        Readiness.Ready => PortOfSomebodyElse(entry) is not null,
        Readiness.Exited => (await LogTailAsync(entry, cancellationToken).ConfigureAwait(false)).Any(line => AddressInUse().IsMatch(line)),
        _ => false,
    };

    /// <summary>The first port of an entry that somebody else than its process listens on; null when there is none, or when that cannot be told.</summary>
    public static int? PortOfSomebodyElse(HostProcessEntry entry) => entry.Ports
        .Where(port => !ListeningProcesses.IsHeldBy(port.HostPort, entry.Process!.Pid) && ListeningProcesses.Find(port.HostPort) is { } holder && holder.Pid != entry.Process!.Pid)
        .Select(port => (int?)port.HostPort)
        .FirstOrDefault();

    /// <summary>Says why a process did not become usable.</summary>
    public async Task<LocalZureException> ExplainAsync(HostProcessEntry entry, DesiredService desired, ReadinessResult readiness, bool wasRunning, CancellationToken cancellationToken)
    {
        var log = await LogTailAsync(entry, cancellationToken).ConfigureAwait(false);
        return readiness.Outcome == Readiness.Exited
            ? StartFailures.Exited(desired, "process", _host.Runner.ReadExitCode(entry.LogDirectory), false, log)
            : StartFailures.NotUsable(desired, wasRunning, readiness, log);
    }

    private async Task<IReadOnlyList<string>> LogTailAsync(HostProcessEntry entry, CancellationToken cancellationToken)
    {
        List<string> lines = [];
        if (entry.Process is { } process && !_host.Runner.IsRunning(process))
        {
            await RawWriter.WaitAsync(entry.LogDirectory, _time, cancellationToken).ConfigureAwait(false);
        }

        // What an earlier process of the name has written says nothing of this one.
        var query = new ContainerLogQuery(Tail: StartFailures.LogTail, Since: entry.StartedAt);
        await foreach (var line in _host.ReadLogAsync(entry, query, cancellationToken).ConfigureAwait(false))
        {
            lines.Add(line.Text);
        }

        return lines;
    }

    [GeneratedRegex("EADDRINUSE|address already in use", RegexOptions.IgnoreCase)]
    private static partial Regex AddressInUse();
}
