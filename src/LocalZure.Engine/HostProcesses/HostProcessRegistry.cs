using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// The host processes of ours, one file each under the LocalZure home. An entry says what was started, not what runs:
/// callers check its identity against the operating system.
/// </summary>
internal sealed class HostProcessRegistry
{
    private readonly string _folder;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="time">The clock.</param>
    public HostProcessRegistry(string home, TimeProvider time)
    {
        _folder = Path.Combine(home, "hosts");
        _time = time;
    }

    /// <summary>
    /// Takes the one lock of a name between all processes, the counterpart of the daemon's unique container name. Held over
    /// looking and starting; writing and deleting an entry without it is a race.
    /// </summary>
    /// <param name="containerName">The entry's name.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LocalZureException">LockTimeout when another holder kept it for longer than the limit.</exception>
    public Task<FileLock> LockAsync(string containerName, TimeSpan limit, CancellationToken cancellationToken) =>
        FileLock.AcquireAsync(Path.Combine(_folder, SafeName.Of(containerName) + ".lock"), limit, _time, cancellationToken);

    /// <summary>One entry; null when there is none.</summary>
    /// <exception cref="LocalZureException">StateCorrupt when its file holds something else.</exception>
    public async Task<HostProcessEntry?> ReadAsync(string containerName, CancellationToken cancellationToken) =>
        await JsonFile.ReadAsync(PathOf(containerName), HostProcessJsonContext.Default.HostProcessEntry, entry => entry.IsWhole(containerName), cancellationToken).ConfigureAwait(false) is { } entry
            ? AsSeenFromHere(entry)
            : null;

    /// <summary>Every entry, those of dead processes included, by name.</summary>
    public async Task<JsonFolderContent<HostProcessEntry>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var content = await JsonFolder.ReadAllAsync(_folder, static () => HostProcessJsonContext.Default.HostProcessEntry, (name, entry) => entry.IsWhole(name), cancellationToken).ConfigureAwait(false);
        return content with { Values = content.Values.Select(AsSeenFromHere).ToList() };
    }

    /// <summary>Whether a file is that of an entry of this registry.</summary>
    public bool IsEntry(string path) => Path.GetDirectoryName(path) == _folder;

    /// <summary>Puts an entry in place of the one of the same name. The caller holds the name's lock.</summary>
    public Task WriteAsync(HostProcessEntry entry, CancellationToken cancellationToken) =>
        JsonFile.WriteAsync(PathOf(entry.ContainerName), entry, HostProcessJsonContext.Default.HostProcessEntry, cancellationToken);

    /// <summary>Removes an entry; nothing happens when there is none. The caller holds the name's lock.</summary>
    public void Delete(string containerName) => JsonFolder.Delete(PathOf(containerName));

    /// <summary>The file of an entry.</summary>
    public string PathOf(string containerName) => Path.Combine(_folder, SafeName.Of(containerName) + ".json");

    // A pid of another machine, container or boot may be that of any process here: one that no process here is equal to cannot be
    // taken for it, nor be sent a signal.
    private static HostProcessEntry AsSeenFromHere(HostProcessEntry entry) =>
        entry.Process is { } process && (entry.IsElsewhere() || entry.IsOfAnEarlierBoot()) ? entry with { Process = process with { StartToken = "not-here" } } : entry;
}
