namespace LocalZure;

/// <summary>Where a program writes.</summary>
public enum LogStream
{
    /// <summary>Standard output, and all that comes from a terminal.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,
}
