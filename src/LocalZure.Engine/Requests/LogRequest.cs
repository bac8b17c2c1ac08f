namespace LocalZure.Engine.Requests;

/// <summary>Which lines of which services to read.</summary>
public sealed record LogRequest
{
    /// <summary>The services; those that do not run are read too.</summary>
    public required ServiceQuery Services { get; init; }

    /// <summary>Go on with what comes.</summary>
    public bool Follow { get; init; }

    /// <summary>Begin with the last so many lines of each; null with all.</summary>
    public int? Tail { get; init; }

    /// <summary>Leave out what is older; null for no bound.</summary>
    public DateTimeOffset? Since { get; init; }
}
