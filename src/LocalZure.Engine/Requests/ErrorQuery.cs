namespace LocalZure.Engine.Requests;

/// <summary>Which failures of the journal are meant.</summary>
public sealed record ErrorQuery
{
    /// <summary>Services, with wildcards; empty for all failures, also those that are about no service.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The instance, with wildcards; null for all of them, empty for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>Only these severities; empty for all.</summary>
    public IReadOnlyList<ErrorSeverity> Severities { get; init; } = [];

    /// <summary>Only these categories; empty for all.</summary>
    public IReadOnlyList<ErrorCategory> Categories { get; init; } = [];

    /// <summary>Leave out what is older; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The last so many of those; null for all.</summary>
    public int? Last { get; init; }
}
