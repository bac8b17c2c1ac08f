using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Finds what a service needs. Pure.</summary>
internal static class NeededServices
{
    /// <summary>The services by name: as they were just started, else as they were found, if they are there.</summary>
    /// <param name="desired">The service.</param>
    /// <param name="started">Services that the same call has started.</param>
    /// <param name="observed">What there is.</param>
    public static Dictionary<string, Service> Of(DesiredService desired, IEnumerable<Service> started, ObservedState observed)
    {
        var found = desired.Definition.DependsOn.Select(name => new ServiceKey(name, desired.Key.Instance))
            .SelectMany(key => observed.HostProcesses.Where(process => process.IsRunning && process.Key == key).Select(process => HostServiceMapper.Map(process, observed))
                .Concat(observed.Containers.Where(container => ContainerLabels.KeyOf(container.Labels) == key).Select(container => ContainerServiceMapper.Map(container, observed))));
        return started.Where(service => service.Instance == desired.Key.Instance).Concat(found).DistinctBy(service => service.Name, StringComparer.Ordinal).ToDictionary(service => service.Name, StringComparer.Ordinal);
    }
}
