using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>The resets that are under way, one file each under the LocalZure home. Who holds the service's restart lock reads and writes it.</summary>
/// <param name="home">The LocalZure home.</param>
internal sealed class ResetNotes(string home)
{
    private readonly string _folder = Path.Combine(home, "resets");

    /// <summary>Whether a reset of a service is noted. One look at the disk.</summary>
    public bool Has(ServiceKey key) => File.Exists(FileOf(key));

    /// <summary>The reset of a service; null when there is none.</summary>
    /// <exception cref="LocalZureException">StateCorrupt when its file holds something else.</exception>
    public Task<ResetNote?> ReadAsync(ServiceKey key, CancellationToken cancellationToken) =>
        JsonFile.ReadAsync(FileOf(key), LifecycleJsonContext.Default.ResetNote, note => note.IsWhole(key.ContainerName), cancellationToken);

    /// <summary>Every reset that is noted, and the files that hold something else.</summary>
    public Task<JsonFolderContent<ResetNote>> ReadAllAsync(CancellationToken cancellationToken) => JsonFolder.ReadAllAsync(
        _folder,
        static () => LifecycleJsonContext.Default.ResetNote,
        (file, note) => note.Name is { } name && SafeName.Of(name) == file && note.IsWhole(name),
        cancellationToken);

    /// <summary>Notes a reset.</summary>
    /// <exception cref="LocalZureException">HomeNotWritable or DiskFull.</exception>
    public Task WriteAsync(ServiceKey key, ResetNote note, CancellationToken cancellationToken) =>
        JsonFile.WriteAsync(FileOf(key), note, LifecycleJsonContext.Default.ResetNote, cancellationToken);

    /// <summary>Forgets a reset, and what a process that was killed while it noted one has left; nothing happens when there is neither.</summary>
    public void Forget(ServiceKey key)
    {
        var file = FileOf(key);
        JsonFolder.Delete(file);
        foreach (var half in Directory.Exists(_folder) ? Directory.GetFiles(_folder, Path.GetFileName(file) + ".*.tmp") : [])
        {
            JsonFolder.Delete(half);
        }
    }

    /// <summary>The file of a reset.</summary>
    public string FileOf(ServiceKey key) => Path.Combine(_folder, SafeName.Of(key.ContainerName) + ".json");
}
