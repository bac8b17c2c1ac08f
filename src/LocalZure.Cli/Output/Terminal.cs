namespace LocalZure.Cli.Output;

/// <summary>What the terminal can do.</summary>
internal static class Terminal
{
    /// <summary>Whether it understands control sequences: colours, and lines that are written again.</summary>
    public static bool HasControl => Environment.GetEnvironmentVariable("TERM") is not "dumb" && (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("TERM") is { Length: > 0 });
}
