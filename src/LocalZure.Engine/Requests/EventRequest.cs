namespace LocalZure.Engine.Requests;

/// <summary>Which events to read.</summary>
public sealed record EventRequest
{
    /// <summary>The services they are about.</summary>
    public required ServiceQuery Services { get; init; }

    /// <summary>Go on with what comes.</summary>
    public bool Follow { get; init; }

    /// <summary>Leave out what is older; null for no bound, and for what comes from now on when they are followed.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Leave out what is newer; null for no bound. Not for following.</summary>
    public DateTimeOffset? Until { get; init; }
}
