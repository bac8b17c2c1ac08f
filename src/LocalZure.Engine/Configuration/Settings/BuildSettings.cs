namespace LocalZure.Engine.Configuration.Settings;

/// <summary>How an image is built. Paths are relative to the file that names them.</summary>
internal sealed record BuildSettings
{
    /// <summary>The folder that is built from.</summary>
    public string Context { get; init; } = ".";

    /// <summary>The Dockerfile within it; null for <c>Dockerfile</c>.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>The stage to build; null for the last.</summary>
    public string? Target { get; init; }

    /// <summary>Build arguments.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>When it is built anew.</summary>
    public BuildCache Cache { get; init; }
}
