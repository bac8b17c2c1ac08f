using LocalZure.Engine.Events;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>
/// Brings a host process back when the one that replaces it does not come up. Its environment, which may hold secrets, is read
/// from the process itself before it ends and kept in memory alone.
/// </summary>
internal sealed class HostReplacement
{
    /// <summary>How long the old one may take to be usable again before the failure is told.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly HostServices _host;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly HostProcessEntry _entry;
    private readonly IReadOnlyDictionary<string, string>? _environment;

    /// <summary>Takes note of a process that is about to be replaced.</summary>
    /// <param name="host">What host mode needs.</param>
    /// <param name="events">Told what happens.</param>
    /// <param name="entry">The process, which still runs.</param>
    public HostReplacement(HostServices host, IProgress<LifecycleEvent> events, HostProcessEntry entry)
    {
        _host = host;
        _events = events;
        _entry = entry;
        _environment = entry.Process is { } process ? host.Runner.ReadEnvironment(process) : null;
    }

    /// <summary>Starts it again with the command line, ports and environment that it had. The caller holds the name's lock.</summary>
    /// <param name="desired">The service as it was to become.</param>
    public async Task RestoreAsync(DesiredService desired)
    {
        if (_environment is null || _entry.CommandLine.Count == 0)
        {
            _events.Report(new Degraded(_entry.ContainerName, $"{desired.Key} ran before and cannot be brought back: its environment could not be read. Start-LzService starts it again; its data is there."));
            return;
        }

        try
        {
            var launcher = new HostLauncher(_host, _host.Time, _events);
            var again = _entry with { Process = null, StartedAt = _host.Time.GetUtcNow() };
            var spec = HostProcessSpecBuilder.Again(again, _environment, isWhole: true, _host.Paths);
            var running = await launcher.SpawnAsync(again, spec, new StartClock(_host.Time), CancellationToken.None).ConfigureAwait(false);
            var readiness = await launcher.WaitAsync(running, desired with { StartTimeout = LongestWait }, CancellationToken.None).ConfigureAwait(false);
            _events.Report(new Degraded(_entry.ContainerName, readiness.Outcome == Readiness.Ready
                ? $"{desired.Key} runs again as it did before."
                : $"{desired.Key} was started again as it was before, but is not usable yet."));
        }
        catch (LocalZureException e)
        {
            _events.Report(new Degraded(_entry.ContainerName, $"{desired.Key} ran before and could not be brought back: {e.Message} Its data is there."));
        }
    }
}
