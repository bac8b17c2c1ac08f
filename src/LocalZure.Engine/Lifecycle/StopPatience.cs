namespace LocalZure.Engine.Lifecycle;

/// <summary>How long something may take to end before it is killed.</summary>
/// <param name="Wished">What the user wishes, which goes before all else; null for no wish.</param>
/// <param name="Longest">The most, whatever the service itself wants; null for no limit.</param>
internal readonly record struct StopPatience(TimeSpan? Wished, TimeSpan? Longest = null)
{
    /// <summary>The time for a service.</summary>
    /// <param name="own">What its definition says.</param>
    /// <param name="losesNothing">Whether all that it could still write down goes with it, so that it need not be asked.</param>
    public TimeSpan For(TimeSpan own, bool losesNothing = false) =>
        Wished ?? (losesNothing ? TimeSpan.Zero : own > Longest ? Longest.Value : own);
}
