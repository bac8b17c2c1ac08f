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

    /// <summary>Leave out what is newer; null for no bound. A follow ends at this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only what was written there; null for both.</summary>
    public LogStream? Stream { get; init; }

    /// <summary>Only lines that this regular expression matches somewhere, without regard to case; null for all. <see cref="Tail"/> counts before it.</summary>
    public string? Pattern { get; init; }
}
