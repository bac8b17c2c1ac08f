namespace LocalZure.Engine.Requests;

/// <summary>Which services are in a graph.</summary>
public sealed record GraphRequest
{
    /// <summary>The services; what they need comes with them. Without names: all that the configuration has enabled and all that is there.</summary>
    public required ServiceQuery Services { get; init; }

    /// <summary>Which configuration; null takes the catalog alone.</summary>
    public ConfigurationRequest? Configuration { get; init; }
}
