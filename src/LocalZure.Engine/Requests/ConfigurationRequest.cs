namespace LocalZure.Engine.Requests;

/// <summary>Which configuration is meant, and what the call says itself.</summary>
public sealed record ConfigurationRequest
{
    /// <summary>The folder from which a file is looked for, upwards; relative paths begin there.</summary>
    public required string Folder { get; init; }

    /// <summary>The file, or a folder that holds it; null takes <c>LOCALZURE_CONFIG</c>, else looks for one.</summary>
    public string? Path { get; init; }

    /// <summary>The profile; null takes <c>LOCALZURE_PROFILE</c>, else what the files say.</summary>
    public string? Profile { get; init; }

    /// <summary>The instance; null takes <c>LOCALZURE_INSTANCE</c>, else what the files say.</summary>
    public string? Instance { get; init; }

    /// <summary>The mode; null takes <c>LOCALZURE_MODE</c>, else what the files say.</summary>
    public ServiceMode? Mode { get; init; }
}
