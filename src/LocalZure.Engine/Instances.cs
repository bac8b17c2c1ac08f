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

    /// <summary>Whether a name stands for several: it has a wildcard.</summary>
    /// <param name="name">The name of a service or instance.</param>
    public static bool IsPattern(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.AsSpan().IndexOfAny("*?[") >= 0;
    }

    /// <summary>Checks what was named as an instance: a name in whatever case, since searches ignore it, or a pattern.</summary>
    /// <param name="name">The name; empty for the unnamed instance.</param>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public static void CheckNamed(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsPattern(name) && !IsName(name.ToLowerInvariant()))
        {
            // Searches ignore case, starts do not; the message shows what was written.
            CheckName(name);
        }
    }

    /// <summary>The instance that <c>LOCALZURE_INSTANCE</c> says; empty for the unnamed one.</summary>
    /// <param name="environment">The environment variables.</param>
    /// <exception cref="LocalZureException">NameInvalid.</exception>
    public static string OfEnvironment(EnvironmentSnapshot environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var instance = environment["LOCALZURE_INSTANCE"] ?? "";
        try
        {
            CheckName(instance);
            return instance;
        }
        catch (LocalZureException e)
        {
            throw new LocalZureException(e.Code, $"LOCALZURE_INSTANCE: {e.Message}", $"Correct or unset LOCALZURE_INSTANCE. {e.Remedy}", e);
        }
    }

    private static bool IsName(string name)
    {
        try
        {
            CheckName(name);
            return true;
        }
        catch (LocalZureException)
        {
            return false;
        }
    }

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
