using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Lets what replaces a service go on as that was, where the call says nothing else: with its ports, which clients know, and for as long as it was to live. Pure.</summary>
internal static class Continuity
{
    /// <summary>The service as the successor of what it replaces; as it is when it replaces nothing.</summary>
    /// <param name="desired">The service as it should be.</param>
    /// <param name="plan">What is done with what exists.</param>
    /// <param name="observed">What exists.</param>
    public static DesiredService Apply(DesiredService desired, ServicePlan plan, ObservedState observed)
    {
        if (plan.Action != PlannedAction.Replace)
        {
            return desired;
        }

        return plan.ContainerId is { } id
            ? OfContainer(desired, observed.Containers.First(container => container.Id == id))
            : OfProcess(desired, observed.HostProcesses.First(process => process.Entry.ContainerName == desired.Key.ContainerName).Entry);
    }

    private static DesiredService OfContainer(DesiredService desired, ContainerSummary container) => desired with
    {
        Predecessor = ExistingLife.Of(container.Labels),
        Ports = desired.Ports.Select(port => Keep(port, container.Ports.FirstOrDefault(held => held.ContainerPort == port.ContainerPort && held.Protocol == port.Protocol)?.HostPort ?? 0)).ToList(),
    };

    private static DesiredService OfProcess(DesiredService desired, HostProcessEntry entry) => desired with
    {
        Predecessor = ExistingLife.Of(entry),
        Ports = desired.Ports.Select(port => Keep(port, entry.Ports.FirstOrDefault(held => held.Name == port.Name)?.HostPort ?? 0)).ToList(),
    };

    // Who asks for a free port does not ask for the one it has; that one is remembered if it was a free one.
    private static DesiredPort Keep(DesiredPort port, int held) => port.Explicit || port.HostPort == 0 ? port : port with { Kept = held };
}
