namespace LocalZure;

/// <summary>How a check of the doctor ended.</summary>
public enum CheckStatus
{
    /// <summary>It is as it should be.</summary>
    Passed,

    /// <summary>Something works less well than it could, or will soon stand in the way.</summary>
    Warning,

    /// <summary>Something stands in the way.</summary>
    Failed,

    /// <summary>It does not apply here, or could not be looked at because another check failed.</summary>
    Skipped,
}
