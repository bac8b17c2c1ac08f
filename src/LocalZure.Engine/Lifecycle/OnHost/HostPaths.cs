using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Where the host processes of a LocalZure home keep what is theirs.</summary>
internal sealed class HostPaths
{
    /// <summary>The unnamed instance's folder. No instance can be named so.</summary>
    private const string Unnamed = "_";

    private readonly string _home;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home.</param>
    public HostPaths(string home) => _home = home;

    /// <summary>The LocalZure home.</summary>
    public string Home => _home;

    /// <summary>The folder of a service's volume.</summary>
    public string Data(ServiceKey key, string volume) => Path.Combine(DataRoot(key), SafeName.Of(volume));

    /// <summary>The folder of all of a service's volumes.</summary>
    public string DataRoot(ServiceKey key) => Path.Combine(_home, "data", SafeName.Of(key.Name), key.Instance is { } instance ? SafeName.Of(instance) : Unnamed);

    /// <summary>The file beside a service's data that remembers its init hooks.</summary>
    public string SeedFile(ServiceKey key) => Path.Combine(DataRoot(key), ".seeded.json");

    /// <summary>The services that have data.</summary>
    public IReadOnlyList<ServiceKey> ReadDataKeys()
    {
        var root = new DirectoryInfo(Path.Combine(_home, "data"));
        return !root.Exists ? [] : root.EnumerateDirectories()
            .SelectMany(service => service.EnumerateDirectories().Where(folder => folder.EnumerateDirectories().Any()), (service, instance) => new ServiceKey(service.Name, instance.Name == Unnamed ? null : instance.Name))
            .Where(key => PlainName.Allows(key.Name) && (key.Instance is null || PlainName.Allows(key.Instance)))
            .ToList();
    }

    /// <summary>The folder of a service's output.</summary>
    public string Log(ServiceKey key) => Log(key.ContainerName);

    /// <summary>The folder of the output of what has a name.</summary>
    public string Log(string containerName) => Path.Combine(_home, "logs", SafeName.Of(containerName));

    /// <summary>A file that a service is given.</summary>
    public string File(ServiceKey key, string name) => Path.Combine(Work(key), name);

    /// <summary>The folder a service runs in.</summary>
    public string Work(ServiceKey key) => Path.Combine(_home, "work", SafeName.Of(key.ContainerName));
}
