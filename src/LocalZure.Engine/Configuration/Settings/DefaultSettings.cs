using LocalZure.Engine.Containers;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Configuration.Settings;

/// <summary>What holds for all services that do not say otherwise.</summary>
internal sealed record DefaultSettings
{
    /// <summary>The profile; null is <see cref="Settings.Profile.Dev"/>.</summary>
    public Profile? Profile { get; init; }

    /// <summary>How to run services; null for <see cref="ServiceMode.Auto"/>.</summary>
    public ServiceMode? Mode { get; init; }

    /// <summary>The instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>The address that ports are published on; null for 127.0.0.1.</summary>
    public string? Bind { get; init; }

    /// <summary>Which ports are taken where none is named.</summary>
    public DefaultPorts? Ports { get; init; }

    /// <summary>The range of free ports, as <c>first-last</c>; null for the engine's own.</summary>
    public PortWish? PortRange { get; init; }

    /// <summary>The variant of images.</summary>
    public ImageVariant? Variant { get; init; }

    /// <summary>Where data is kept.</summary>
    public DataPlace? Data { get; init; }

    /// <summary>Whether services end with the session.</summary>
    public ServiceLifetime? Lifetime { get; init; }

    /// <summary>How long services may live; null for ever.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Time-outs.</summary>
    public TimeoutSettings Timeouts { get; init; } = new();

    /// <summary>Limits.</summary>
    public ResourceSettings Resources { get; init; } = new();

    /// <summary>What containers may do.</summary>
    public SecuritySettings Security { get; init; } = new();

    /// <summary>When images are removed.</summary>
    public ImageCleanup? ImageCleanup { get; init; }
}
