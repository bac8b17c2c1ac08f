namespace LocalZure.PowerShell.Pipeline;

/// <summary>What a cmdlet's reporters remember over several calls of the engine.</summary>
internal sealed class ReporterMemory
{
    /// <summary>The progress bars' numbers by subject.</summary>
    public Dictionary<string, int> ProgressIds { get; } = new(StringComparer.Ordinal);

    /// <summary>Why the engine that the user names could not be looked at; null when it could, or none is named.</summary>
    public LocalZureException? DockerFailure { get; set; }

    /// <summary>The warnings that were written. On the pipeline thread only.</summary>
    public HashSet<string> Warnings { get; } = new(StringComparer.Ordinal);
}
