namespace LocalZure;

/// <summary>Failures of the journal that have one root cause.</summary>
public sealed record ErrorGroup
{
    /// <summary>The code of the root cause, for example <c>DockerUnavailable</c>.</summary>
    public required string ErrorId { get; init; }

    /// <summary>Where it comes from.</summary>
    public required ErrorCategory Category { get; init; }

    /// <summary>How much the worst of them stands in the way.</summary>
    public required ErrorSeverity Severity { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>The services that they struck, with their instances; empty when they are about none.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>When it happened first.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>When it happened last.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>The root cause, as the latest of them tells it.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Remedy { get; init; }

    /// <summary>The failures, the oldest first.</summary>
    public required IReadOnlyList<ErrorEntry> Entries { get; init; }

    /// <summary>The short form, for example <c>DockerUnavailable (3)</c>.</summary>
    public override string ToString() => $"{ErrorId} ({Count})";
}
