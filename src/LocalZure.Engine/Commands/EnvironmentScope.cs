using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Commands;

/// <summary>What of an environment is removed. Pure.</summary>
/// <param name="Instance">The instance; null for the unnamed one.</param>
/// <param name="Goes">Whether what has labels is among it.</param>
/// <param name="IsWhole">Whether it is all of it.</param>
internal sealed record EnvironmentScope(string? Instance, Func<IReadOnlyDictionary<string, string>, bool> Goes, bool IsWhole)
{
    /// <summary>Whether something of ours is removed.</summary>
    public bool Holds(IReadOnlyDictionary<string, string> labels) => ContainerLabels.InstanceOf(labels) == Instance && Goes(labels);

    /// <summary>Of the services of the environment those that are removed. Host processes and their folders are this home's own.</summary>
    /// <param name="services">All of them.</param>
    /// <param name="observed">The snapshot they were found in.</param>
    public IReadOnlyList<Service> Of(IReadOnlyList<Service> services, ObservedState observed)
    {
        if (IsWhole)
        {
            return services;
        }

        var containers = observed.Containers.Where(container => Holds(container.Labels)).Select(container => container.Id).ToHashSet(StringComparer.Ordinal);
        return services.Where(service => service.Mode == ServiceMode.Host || (service.ContainerId is { } id && containers.Contains(id))).ToList();
    }
}
