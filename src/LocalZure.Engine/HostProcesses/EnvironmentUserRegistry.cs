using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// Who uses which environment, under the LocalZure home: a folder per environment with a file per use. As long as the folder is
/// there everything of the environment goes with its last user.
/// </summary>
internal sealed class EnvironmentUserRegistry
{
    private readonly string _folder;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="time">The clock.</param>
    public EnvironmentUserRegistry(string home, TimeProvider time)
    {
        _folder = Path.Combine(home, "environments");
        _time = time;
    }

    /// <summary>The environments that are noted.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(_folder)
        ? Directory.GetDirectories(_folder).Select(folder => Path.GetFileName(folder)).Where(PlainName.Allows).Order(StringComparer.Ordinal).ToList()
        : [];

    /// <summary>Whether an environment is noted. One look at the disk.</summary>
    /// <param name="name">The instance; null for the unnamed one, which never is.</param>
    public bool Knows(string? name) => name is not null && Directory.Exists(FolderOf(name));

    /// <summary>Takes the one lock of an environment: its first use and its removal never cross.</summary>
    /// <exception cref="LocalZureException">LockTimeout when another holder kept it for longer than the limit.</exception>
    public Task<FileLock> LockAsync(string name, TimeSpan limit, CancellationToken cancellationToken) =>
        FileLock.AcquireAsync(LockFileOf(name), limit, _time, cancellationToken);

    /// <summary>
    /// All uses of an environment, those of dead processes included. A file that cannot be read tells of one by an owner that cannot
    /// be judged, so that nothing goes that may be in use.
    /// </summary>
    public async Task<IReadOnlyList<EnvironmentUser>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var content = await JsonFolder.ReadAllAsync(FolderOf(name), static () => HostProcessJsonContext.Default.EnvironmentUser, (id, user) => user.IsWhole(id) && user.Environment == name, cancellationToken).ConfigureAwait(false);
        var unreadable = content.Unreadable.Select(file => new EnvironmentUser(Path.GetFileNameWithoutExtension(file.Path), name, "", true, _time.GetUtcNow()));
        return [.. content.Values, .. unreadable];
    }

    /// <summary>Notes a use, or a change of it. The caller holds the lock.</summary>
    public Task WriteAsync(EnvironmentUser user, CancellationToken cancellationToken) =>
        JsonFile.WriteAsync(FileOf(user), user, HostProcessJsonContext.Default.EnvironmentUser, cancellationToken);

    /// <summary>Forgets a use; nothing happens when it is not noted. The caller holds the lock.</summary>
    public void Delete(EnvironmentUser user) => JsonFolder.Delete(FileOf(user));

    /// <summary>Forgets an environment with all its uses. The caller holds the lock.</summary>
    public void Forget(string name)
    {
        try
        {
            Directory.Delete(FolderOf(name), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Nobody has used it so.
        }
    }

    private string FolderOf(string name) => Path.Combine(_folder, SafeName.Of(name));

    // A name holds no "+", so that the lock of one is not the folder of another.
    private string LockFileOf(string name) => Path.Combine(_folder, SafeName.Of(name) + "+lock");

    private string FileOf(EnvironmentUser user) => Path.Combine(FolderOf(user.Environment), SafeName.Of(user.Id) + ".json");
}
