namespace LocalZure;

/// <summary>A failure with a stable code, the evidence and what to do next.</summary>
public class LocalZureException : Exception
{
    /// <summary>Creates one.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">One sentence that names the thing and the value.</param>
    /// <param name="remedy">What the user can do next; null takes the code's own remedy.</param>
    /// <param name="innerException">The cause; null when this is the cause.</param>
    public LocalZureException(ErrorCode code, string message, string? remedy = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Remedy = remedy ?? ErrorDescriptions.For(code).Remedy;
    }

    /// <summary>The stable code.</summary>
    public ErrorCode Code { get; }

    /// <summary>What the user can do next.</summary>
    public string Remedy { get; }

    /// <summary>What is fixed about the code.</summary>
    public ErrorDescription Description => ErrorDescriptions.For(Code);

    /// <summary>The service it is about; null when it is about none.</summary>
    public string? Service { get; init; }

    /// <summary>The instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>The exit code of the container or process; null when none ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What was seen, line by line: last log lines, endpoints tried, failing probe.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
}
