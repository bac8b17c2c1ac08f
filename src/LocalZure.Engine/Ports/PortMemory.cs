using LocalZure.Engine.Support;

namespace LocalZure.Engine.Ports;

/// <summary>
/// The free ports that services were given, one small file per service and instance, so that the next start asks for the
/// same ones. Only a wish: a remembered port that is taken is not used, and a file that cannot be read counts as none.
/// </summary>
internal sealed class PortMemory
{
    private readonly string _folder;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    public PortMemory(string home) => _folder = Path.Combine(home, "ports");

    /// <summary>The ports that a service was given last, by port name.</summary>
    /// <param name="containerName">The service's name as a container.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<string, int>> ReadAsync(string containerName, CancellationToken cancellationToken)
    {
        var path = FileOf(containerName);
        if (!File.Exists(path))
        {
            return new Dictionary<string, int>();
        }

        var (ports, _) = await JsonFile.TryReadAsync(path, PortJsonContext.Default.PortTable, _ => true, cancellationToken).ConfigureAwait(false);
        return ports ?? [];
    }

    /// <summary>Remembers ports on top of those that are remembered already.</summary>
    /// <exception cref="LocalZureException">HomeNotWritable or DiskFull.</exception>
    public async Task RememberAsync(string containerName, IReadOnlyDictionary<string, int> given, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(containerName, cancellationToken).ConfigureAwait(false);
        if (given.All(port => known.TryGetValue(port.Key, out var earlier) && earlier == port.Value))
        {
            return;
        }

        var all = new Dictionary<string, int>(known, StringComparer.Ordinal);
        foreach (var (name, port) in given)
        {
            all[name] = port;
        }

        await JsonFile.WriteAsync(FileOf(containerName), all, PortJsonContext.Default.PortTable, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets the ports of a service.</summary>
    public void Forget(string containerName) => JsonFolder.Delete(FileOf(containerName));

    private string FileOf(string containerName) => Path.Combine(_folder, SafeName.Of(containerName) + ".json");
}
