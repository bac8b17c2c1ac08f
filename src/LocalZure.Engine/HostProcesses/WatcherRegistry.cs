using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// The watchers at work, under the LocalZure home: for each a lock that it holds as long as it lives, an entry, its output, and a
/// mark when the owner has started something in Docker.
/// </summary>
internal sealed class WatcherRegistry
{
    private static readonly string[] Extensions = [".json", ".docker", ".log"];

    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="time">The clock.</param>
    public WatcherRegistry(string home, TimeProvider time)
    {
        Folder = Path.Combine(home, "watchers");
        _time = time;
    }

    /// <summary>Where it all lies.</summary>
    public string Folder { get; }

    /// <summary>The file of a watcher's output.</summary>
    public string LogOf(string name) => FileOf(name, ".log");

    /// <summary>Takes the lock that only one watcher of a name can have.</summary>
    /// <exception cref="LocalZureException">LockTimeout when another one has it.</exception>
    public Task<FileLock> LockAsync(string name, TimeSpan limit, CancellationToken cancellationToken) =>
        FileLock.AcquireAsync(FileOf(name, ".lock"), limit, _time, cancellationToken);

    /// <summary>The watcher of a name that runs; null when none does. A file that cannot be read tells of none.</summary>
    public async Task<ProcessIdentity?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var (entry, _) = await JsonFile.TryReadAsync(FileOf(name, ".json"), HostProcessJsonContext.Default.WatcherEntry, entry => entry.IsWhole(name), cancellationToken).ConfigureAwait(false);
        return entry is not null && ProcessTable.IsRunning(entry.Process) ? entry.Process : null;
    }

    /// <summary>Notes that a watcher is at work. It holds the lock.</summary>
    public Task WriteAsync(WatcherEntry entry, CancellationToken cancellationToken) =>
        JsonFile.WriteAsync(FileOf(entry.Name, ".json"), entry, HostProcessJsonContext.Default.WatcherEntry, cancellationToken);

    /// <summary>Notes that there is something in Docker to remove at the end.</summary>
    /// <exception cref="LocalZureException">HomeNotWritable or DiskFull.</exception>
    public void NoteDocker(string name)
    {
        var path = FileOf(name, ".docker");
        try
        {
            Directory.CreateDirectory(Folder);
            using var file = File.Open(path, FileMode.OpenOrCreate);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(path, e);
        }
    }

    /// <summary>Whether there is.</summary>
    public bool HasDocker(string name) => File.Exists(FileOf(name, ".docker"));

    /// <summary>Removes everything of a watcher but its lock.</summary>
    public void Delete(string name)
    {
        foreach (var extension in Extensions)
        {
            JsonFolder.Delete(FileOf(name, extension));
        }
    }

    /// <summary>Removes what watchers have left that were killed, when their owners are gone too.</summary>
    public async Task ForgetDeadAsync(CancellationToken cancellationToken)
    {
        var entries = await JsonFolder.ReadAllAsync(Folder, static () => HostProcessJsonContext.Default.WatcherEntry, (name, entry) => entry.IsWhole(name), cancellationToken).ConfigureAwait(false);
        foreach (var entry in entries.Values.Where(entry => OwnerIdentity.Judge(entry.Owner) == OwnerState.Dead && ProcessTable.Judge(entry.Process) == OwnerState.Dead))
        {
            Delete(entry.Name);
            FileLock.DeleteUnlessHeld(FileOf(entry.Name, ".lock"));
        }
    }

    private string FileOf(string name, string extension) => Path.Combine(Folder, SafeName.Of(name) + extension);
}
