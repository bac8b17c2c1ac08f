namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>How one attempt at a start went: it came up, or it lost a race and has to look again.</summary>
/// <param name="Service">The service, when it came up.</param>
/// <param name="LostBecause">What got in the way, when it has to look again.</param>
/// <param name="IsRace">Whether that was only another start that was quicker to create the container, which is what to look at next.</param>
internal sealed record StartAttempt(Service? Service, string? LostBecause, bool IsRace = false)
{
    /// <summary>Whether the container that was to be started again cannot be, and has to be replaced.</summary>
    public bool IsUnstartable { get; init; }

    /// <summary>A stopped container cannot be started again as it is.</summary>
    public static StartAttempt Unstartable(string because) => new(null, because) { IsUnstartable = true };

    /// <summary>It came up.</summary>
    public static StartAttempt Succeeded(Service service) => new(service, null);

    /// <summary>Another start was quicker to create the container.</summary>
    public static StartAttempt LostTheRace(string because) => new(null, because, IsRace: true);

    /// <summary>Something got in the way.</summary>
    public static StartAttempt Lost(string because) => new(null, because);
}
