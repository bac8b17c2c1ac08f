namespace LocalZure.Engine.Requests;

/// <summary>What goes into a support bundle, and where it is written.</summary>
public sealed record ReportRequest
{
    /// <summary>The archive's full path; its folder must exist.</summary>
    public required string Path { get; init; }

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What the doctor has found.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>What it has looked at.</summary>
    public PrerequisiteRequest Prerequisites { get; init; } = new();
}
