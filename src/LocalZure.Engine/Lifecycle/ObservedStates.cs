using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Observations that need no look.</summary>
internal static class ObservedStates
{
    /// <summary>Nothing of ours, nothing in flight.</summary>
    public static readonly ObservedState Nothing = new([], [], new Dictionary<string, OwnerState>());
}
