using LocalZure.Engine.Containers;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>
/// Tells a container that a start has just created from one that was left behind, where that start is noted in another
/// LocalZure home: another user's, or that of another machine at the same daemon.
/// </summary>
internal static class StartOfAnotherHome
{
    /// <summary>A container is started right after it was created, once its network is there.</summary>
    private static readonly TimeSpan LongestCreation = TimeSpan.FromSeconds(30);

    /// <summary>The state of the process that may be about to start a container; null when none is.</summary>
    /// <param name="state">The container's state.</param>
    /// <param name="labels">The container's labels.</param>
    /// <param name="createdAt">When it was created.</param>
    /// <param name="now">The time by the engine's clock, which has stamped the creation.</param>
    public static OwnerState? OwnerOf(ContainerState state, IReadOnlyDictionary<string, string> labels, DateTimeOffset createdAt, DateTimeOffset now)
    {
        // The starts of this very process are noted in the home at hand.
        var owner = labels.GetValueOrDefault(Labels.Owner);
        if (state != ContainerState.Created || now - createdAt >= LongestCreation || owner is null || owner == OwnerIdentity.Current.ToString())
        {
            return null;
        }

        return OwnerIdentity.Judge(owner) is not OwnerState.Dead and var judged ? judged : null;
    }
}
