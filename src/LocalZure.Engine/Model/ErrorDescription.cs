namespace LocalZure;

/// <summary>What is fixed about an <see cref="ErrorCode"/>.</summary>
/// <param name="Category">Where it comes from.</param>
/// <param name="Severity">How much it stands in the way.</param>
/// <param name="Recoverable">Whether the same call can succeed later without a change.</param>
/// <param name="Remedy">What to do next when the place that failed knows nothing better.</param>
public sealed record ErrorDescription(ErrorCategory Category, ErrorSeverity Severity, bool Recoverable, string Remedy)
{
    /// <summary>The short form, for example <c>Docker, Critical</c>.</summary>
    public override string ToString() => $"{Category}, {Severity}";
}
