namespace LocalZure.Engine.Requests;

/// <summary>What to wait for.</summary>
public sealed record WaitRequest
{
    /// <summary>How long is waited when nobody says.</summary>
    public static TimeSpan UsualTimeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Which services: those that exact names mean, even before they are there, and those that wildcards find.</summary>
    public required IReadOnlyList<ServiceQuery> Services { get; init; }

    /// <summary>The configuration that may have services of its own, which are waited for before they are there; null for the catalog alone.</summary>
    public ConfigurationRequest? Configuration { get; init; }

    /// <summary>What they are waited for to be.</summary>
    public WaitTarget For { get; init; } = WaitTarget.Healthy;

    /// <summary>How long to wait.</summary>
    public TimeSpan Timeout { get; init; } = UsualTimeout;
}
