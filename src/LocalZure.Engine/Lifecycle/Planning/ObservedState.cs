using LocalZure.Engine.Containers;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Everything of ours at one moment.</summary>
/// <param name="Containers">Our containers; empty without Docker.</param>
/// <param name="HostProcesses">Our host processes.</param>
/// <param name="Operations">The starts in flight by id, with what is known of the processes that run them. A start that is not here has finished.</param>
internal sealed record ObservedState(
    IReadOnlyList<ContainerSummary> Containers,
    IReadOnlyList<ObservedHostProcess> HostProcesses,
    IReadOnlyDictionary<string, OwnerState> Operations)
{
    /// <summary>Whether a start is known to have died before it finished.</summary>
    public bool HasDied(string? operation) =>
        operation is not null && Operations.TryGetValue(operation, out var owner) && owner == OwnerState.Dead;

    /// <summary>Whether a start is still in flight, as far as is known.</summary>
    public bool IsInFlight(string? operation) =>
        operation is not null && Operations.TryGetValue(operation, out var owner) && owner != OwnerState.Dead;
}
