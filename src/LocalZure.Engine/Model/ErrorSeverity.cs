namespace LocalZure;

/// <summary>How much a failure stands in the way.</summary>
public enum ErrorSeverity
{
    /// <summary>A nuisance.</summary>
    Low,

    /// <summary>One call failed; another may succeed.</summary>
    Medium,

    /// <summary>One service cannot be used.</summary>
    High,

    /// <summary>Nothing can be used.</summary>
    Critical,
}
