namespace LocalZure.Engine.Requests;

/// <summary>Which environments are meant.</summary>
public sealed record EnvironmentQuery
{
    /// <summary>Names with wildcards, an empty one for the unnamed instance; none for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Only those whose oldest part is at least so old; null for all.</summary>
    public TimeSpan? OlderThan { get; init; }
}
