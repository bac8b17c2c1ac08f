namespace LocalZure;

/// <summary>What a check of the doctor found.</summary>
/// <param name="Name">The check's name, for example <c>Docker</c>.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Message">What was found, as a sentence.</param>
/// <param name="Fix">What to do about it; null when nothing has to be done.</param>
/// <param name="Link">A page that says more; null when there is none.</param>
public sealed record CheckResult(string Name, CheckStatus Status, string Message, string? Fix = null, string? Link = null)
{
    /// <summary>Single findings, line by line: endpoints that were tried, holders of ports.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>How long the check took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The short form, for example <c>Docker: Passed</c>.</summary>
    public override string ToString() => $"{Name}: {Status}";
}
