using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Logs;

/// <summary>What a follow is of.</summary>
/// <param name="Matches">Whether a service is meant.</param>
/// <param name="First">How what is there of a service is read at first.</param>
/// <param name="Filter">Which of the lines are wanted.</param>
internal sealed record FollowPlan(Func<ServiceKey, bool> Matches, Func<ServiceKey, ContainerLogQuery> First, LogFilter Filter)
{
    /// <summary>The moment at which it ends; null for none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it ends when none of its services runs any more.</summary>
    public bool EndsWithItsServices { get; init; } = true;
}
