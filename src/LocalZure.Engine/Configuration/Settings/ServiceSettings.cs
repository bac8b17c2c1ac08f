using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Configuration.Settings;

/// <summary>A service as the user writes it. Null is what was not written.</summary>
internal sealed record ServiceSettings
{
    /// <summary>Whether it is started when no service is named; null is yes.</summary>
    public bool? Enabled { get; init; }

    /// <summary>How to run it.</summary>
    public ServiceMode? Mode { get; init; }

    /// <summary>Its instance.</summary>
    public string? Instance { get; init; }

    /// <summary>Its image.</summary>
    public string? Image { get; init; }

    /// <summary>Another tag of its image.</summary>
    public string? Tag { get; init; }

    /// <summary>The variant of its image.</summary>
    public ImageVariant? Variant { get; init; }

    /// <summary>How its image is built.</summary>
    public BuildSettings? Build { get; init; }

    /// <summary>The host port of a service that has one port.</summary>
    public PortWish? Port { get; init; }

    /// <summary>Ports by name.</summary>
    public IReadOnlyDictionary<string, PortSettings> Ports { get; init; } = new Dictionary<string, PortSettings>();

    /// <summary>The address that ports are published on.</summary>
    public string? Bind { get; init; }

    /// <summary>Mounts by source.</summary>
    public IReadOnlyDictionary<string, string> Volumes { get; init; } = new Dictionary<string, string>();

    /// <summary>Where data is kept.</summary>
    public DataPlace? Data { get; init; }

    /// <summary>Environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The command in the container.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The folder in the container that it is run in.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What it is connected to.</summary>
    public NetworkKind? Network { get; init; }

    /// <summary>The services that it needs.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The service's own configuration file.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>What is made in it once.</summary>
    public InitContent Init { get; init; } = new();

    /// <summary>What must answer; null takes what the catalog says.</summary>
    public IReadOnlyList<ProbeDefinition>? Ready { get; init; }

    /// <summary>How it runs without Docker; null takes what the catalog says.</summary>
    public HostSettings? Host { get; init; }

    /// <summary>Whether its licence is accepted.</summary>
    public bool? AcceptEula { get; init; }

    /// <summary>Whether it ends with the session.</summary>
    public ServiceLifetime? Lifetime { get; init; }

    /// <summary>How long it may live.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Whether the engine's own init is the first process of its container.</summary>
    public bool? InitProcess { get; init; }

    /// <summary>When the container engine starts it again.</summary>
    public RestartRule? Restart { get; init; }

    /// <summary>Time-outs.</summary>
    public TimeoutSettings Timeouts { get; init; } = new();

    /// <summary>Limits.</summary>
    public ResourceSettings Resources { get; init; } = new();

    /// <summary>What its container may do.</summary>
    public SecuritySettings Security { get; init; } = new();

    /// <summary>Whether it brings its own way to run, so that the catalog need not know it.</summary>
    public bool IsOwn => HasContainer || Host is { Command.Count: > 0 };

    /// <summary>Whether it brings an image to make a container of.</summary>
    public bool HasContainer => Image is not null || Build is not null;
}
