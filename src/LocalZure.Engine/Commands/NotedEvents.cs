using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>
/// The events that LocalZure has noted itself. Nobody is there when a host process ends by itself: its death is noted by the first
/// who looks, and one that is started anew before anybody looks leaves none.
/// </summary>
internal sealed class NotedEvents
{
    /// <summary>How often a follower looks.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly ActivityLog _log;
    private readonly ActivityNotes _notes;
    private readonly HostServices _host;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="host">Tells of host processes.</param>
    public NotedEvents(string home, HostServices host)
    {
        _log = new ActivityLog(home);
        _notes = new ActivityNotes(home, host.Time);
        _host = host;
    }

    /// <summary>Reads the events that were added since the last call, oldest first.</summary>
    /// <param name="seen">The names of those that were read; kept by this.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Event>> ReadNewAsync(HashSet<string> seen, CancellationToken cancellationToken)
    {
        var names = _log.Names();
        var events = new List<Event>();
        foreach (var name in names.Where(name => !seen.Contains(name)))
        {
            if (await _log.ReadAsync(name, cancellationToken).ConfigureAwait(false) is { } value)
            {
                events.Add(value);
            }
        }

        seen.Clear();
        seen.UnionWith(names);
        return events;
    }

    /// <summary>Notes the host processes that have ended by themselves.</summary>
    public async Task NoteDeathsAsync(CancellationToken cancellationToken) =>
        await NoteDeathsAsync((await _host.Registry.ReadAllAsync(cancellationToken).ConfigureAwait(false)).Values, cancellationToken).ConfigureAwait(false);

    /// <summary>The same for those of a snapshot.</summary>
    public Task NoteDeathsAsync(Observation observation, CancellationToken cancellationToken) =>
        NoteDeathsAsync(observation.State.HostProcesses.Where(process => !process.IsRunning).Select(process => process.Entry), cancellationToken);

    private async Task NoteDeathsAsync(IEnumerable<HostProcessEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries.Where(HasDied))
        {
            if (!await IsBeingChangedAsync(entry, cancellationToken).ConfigureAwait(false))
            {
                var file = new FileInfo(HostLogFiles.ExitCode(entry.LogDirectory));
                var at = file.Exists ? new DateTimeOffset(file.LastWriteTimeUtc) : _host.Time.GetUtcNow();
                _notes.Died(entry, _host.Runner.ReadExitCode(entry.LogDirectory), at);
            }
        }
    }

    private bool HasDied(HostProcessEntry entry) => entry.Process is { } process && !entry.IsKept && !entry.IsElsewhere()
        && (entry.IsOfAnEarlierBoot() || _host.Runner.Judge(process) == OwnerState.Dead);

    // Whoever starts, stops or restarts it holds the lock, and ends it on purpose.
    private async Task<bool> IsBeingChangedAsync(HostProcessEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            var held = await _host.Registry.LockAsync(entry.ContainerName, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                return await _host.Registry.ReadAsync(entry.ContainerName, cancellationToken).ConfigureAwait(false) is not { } now || now.Process != entry.Process || now.IsKept;
            }
        }
        catch (LocalZureException e) when (e.Code is ErrorCode.LockTimeout or ErrorCode.StateCorrupt or ErrorCode.HomeNotWritable)
        {
            return true;
        }
    }
}
