using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine;

/// <summary>What can be said of instances without a container engine.</summary>
public static class Instances
{
    /// <summary>Checks the name of an instance; an empty one is the unnamed instance.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public static void CheckName(string name) => DesiredServiceBuilder.InstanceOf(name);

    /// <summary>The named instances of host processes, of starts in flight and of environments in use, each once, in order. Files that cannot be read are passed over.</summary>
    /// <param name="home">The LocalZure home.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<string>> FindOnDiskAsync(string home, CancellationToken cancellationToken)
    {
        var processes = await new HostProcessRegistry(home, TimeProvider.System).ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var starts = await new OperationRegistry(home).ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return processes.Values.Select(process => process.Instance)
            .Concat(starts.Values.Select(start => start.Instance))
            .OfType<string>()
            .Concat(new EnvironmentUserRegistry(home, TimeProvider.System).Names)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
    }
}
