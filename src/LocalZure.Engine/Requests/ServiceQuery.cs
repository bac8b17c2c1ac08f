namespace LocalZure.Engine.Requests;

/// <summary>Which services are meant.</summary>
public sealed record ServiceQuery
{
    /// <summary>Names with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The instance, with wildcards; null for all of them, empty for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>Also those that do not run.</summary>
    public bool IncludeStopped { get; init; }

    /// <summary>Also those of which only data is left; their state is NotCreated. Asks for stopped ones too.</summary>
    public bool IncludeData { get; init; }
}
