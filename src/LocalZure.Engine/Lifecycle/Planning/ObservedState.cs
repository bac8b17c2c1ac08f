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
    /// <summary>Containers that have given up their name to a successor which is there.</summary>
    public IReadOnlyList<ContainerSummary> SetAside { get; init; } = [];

    /// <summary>
    /// Containers that have our label but not the name that belongs to it: one that its user has renamed, or that was run from an
    /// image with labels. They are left alone.
    /// </summary>
    public IReadOnlyList<ContainerSummary> Foreign { get; init; } = [];

    /// <summary>The starts that replace a container, by that container's id.</summary>
    public IReadOnlyDictionary<string, string> Replacements { get; init; } = new Dictionary<string, string>();

    /// <summary>The ids of the starts that make host processes.</summary>
    public IReadOnlySet<string> OperationsOnHost { get; init; } = new HashSet<string>();

    /// <summary>The owners, as in the label, of services that were to end with them and that have ended.</summary>
    public IReadOnlySet<string> EndedSessions { get; init; } = new HashSet<string>();

    /// <summary>The files of the LocalZure home that could not be read, each with the reason. What they tell is not in here.</summary>
    public IReadOnlyList<UnreadableFile> Unreadable { get; init; } = [];

    /// <summary>Whether something was to end with a process that has ended.</summary>
    public bool HasOutlivedItsSession(ServiceLifetime lifetime, string? owner) =>
        lifetime == ServiceLifetime.Session && owner is not null && EndedSessions.Contains(owner);

    /// <summary>Whether a start is known to have died before it finished.</summary>
    public bool HasDied(string? operation) =>
        operation is not null && Operations.TryGetValue(operation, out var owner) && owner == OwnerState.Dead;

    /// <summary>Whether a start is still in flight, as far as is known.</summary>
    public bool IsInFlight(string? operation) =>
        operation is not null && Operations.TryGetValue(operation, out var owner) && owner != OwnerState.Dead;
}
