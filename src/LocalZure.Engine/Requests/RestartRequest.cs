namespace LocalZure.Engine.Requests;

/// <summary>What to restart, or to reset, and how.</summary>
public sealed record RestartRequest
{
    /// <summary>The services, as <c>Get-LzService</c> gave them; stopped ones are started.</summary>
    public required IReadOnlyList<Service> Services { get; init; }

    /// <summary>The configuration whose init hooks are run on data that is fresh afterwards; null runs none.</summary>
    public ConfigurationRequest? Configuration { get; init; }

    /// <summary>How long each service may take to become usable; null takes its own.</summary>
    public TimeSpan? Timeout { get; init; }
}
