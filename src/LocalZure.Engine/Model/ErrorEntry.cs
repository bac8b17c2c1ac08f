namespace LocalZure;

/// <summary>A failure as the journal keeps it. None of its texts holds a secret that can be recognised.</summary>
public sealed record ErrorEntry
{
    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The stable code, for example <c>PortInUse</c>.</summary>
    public required string ErrorId { get; init; }

    /// <summary>Where it comes from.</summary>
    public required ErrorCategory Category { get; init; }

    /// <summary>How much it stands in the way.</summary>
    public required ErrorSeverity Severity { get; init; }

    /// <summary>Whether the same call can succeed later without a change.</summary>
    public required bool Recoverable { get; init; }

    /// <summary>The service; null when it is about none.</summary>
    public string? Service { get; init; }

    /// <summary>The instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>What was being done, for example <c>Start</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>What failed, as a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The causes, from the nearest to the root, each as <c>ErrorId: message</c> or <c>ExceptionType: message</c>; empty when it is the root itself.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>What was seen, line by line.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What to do next.</summary>
    public required string Remedy { get; init; }

    /// <summary>The exit code of the container or process; null when none ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The process that it happened in.</summary>
    public int ProcessId { get; init; }

    /// <summary>The short form, for example <c>blob: PortInUse: Port 10000 is taken</c>.</summary>
    public override string ToString() => Service is null ? $"{ErrorId}: {Message}" : $"{Service}: {ErrorId}: {Message}";
}
