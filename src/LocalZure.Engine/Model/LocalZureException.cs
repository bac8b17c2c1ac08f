using LocalZure.Engine.Support;

namespace LocalZure;

/// <summary>A failure with a stable code, the evidence and what to do next. None of its texts holds a secret that can be recognised, nor what a terminal would take for a command.</summary>
public class LocalZureException : Exception
{
    // Cleaned when they are read: many failures are an answer to the engine itself, and nobody ever reads their texts.
    private readonly Lazy<string> _message;
    private readonly Lazy<string> _remedy;
    private Lazy<IReadOnlyList<string>> _evidence = new([]);

    /// <summary>Creates one.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">One sentence that names the thing and the value.</param>
    /// <param name="remedy">What the user can do next; null takes the code's own remedy.</param>
    /// <param name="innerException">The cause; null when this is the cause.</param>
    public LocalZureException(ErrorCode code, string message, string? remedy = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        _message = new Lazy<string>(() => SecretSanitizer.Sanitize(VisibleText.Of(message)));
        _remedy = new Lazy<string>(() => remedy is null ? ErrorDescriptions.For(code).Remedy : SecretSanitizer.Sanitize(VisibleText.Of(remedy)));
    }

    /// <summary>The stable code.</summary>
    public ErrorCode Code { get; }

    /// <summary>What the user can do next.</summary>
    public string Remedy => _remedy.Value;

    /// <inheritdoc/>
    public override string Message => _message.Value;

    /// <summary>What is fixed about the code.</summary>
    public ErrorDescription Description => ErrorDescriptions.For(Code);

    /// <summary>The service it is about; null when it is about none.</summary>
    public string? Service { get; init; }

    /// <summary>The instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>The exit code of the container or process; null when none ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What was seen, line by line: last log lines, endpoints tried, failing probe.</summary>
    public IReadOnlyList<string> Evidence
    {
        get => _evidence.Value;
        init => _evidence = new Lazy<IReadOnlyList<string>>(() => SecretSanitizer.SanitizeLines(value.Select(VisibleText.Of).ToList()));
    }
}
