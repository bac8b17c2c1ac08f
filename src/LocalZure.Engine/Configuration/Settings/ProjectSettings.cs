namespace LocalZure.Engine.Configuration.Settings;

/// <summary>A configuration as a whole.</summary>
internal sealed record ProjectSettings
{
    /// <summary>The version of the format that it is written in; null for today's.</summary>
    public string? Version { get; init; }

    /// <summary>The project's name; null for none.</summary>
    public string? Project { get; init; }

    /// <summary>Whether Docker may be used; null is yes.</summary>
    public bool? DockerEnabled { get; init; }

    /// <summary>What holds for all services.</summary>
    public DefaultSettings Defaults { get; init; } = new();

    /// <summary>The services by name.</summary>
    public IReadOnlyDictionary<string, ServiceSettings> Services { get; init; } = new Dictionary<string, ServiceSettings>();
}
