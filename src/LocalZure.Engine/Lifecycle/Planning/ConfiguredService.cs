using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>A service as a configuration has it, before the settings of a call: its definition with what is written on top.</summary>
/// <param name="Definition">The definition.</param>
internal sealed record ConfiguredService(ServiceDefinition Definition)
{
    /// <summary>Whether a configuration file says anything about it; false for what comes from the catalog alone.</summary>
    public bool IsWritten { get; init; }

    /// <summary>The configuration's project; null when it is not written.</summary>
    public string? Project { get; init; }

    /// <summary>Its instance; null for the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>How to run it.</summary>
    public ServiceMode Mode { get; init; }

    /// <summary>How its image is built; null when it has one.</summary>
    public ImageBuild? Build { get; init; }

    /// <summary>When the image that is built for it is removed.</summary>
    public ImageCleanup ImageCleanup { get; init; }

    /// <summary>Who has chosen another image than the catalog's usual one, when that is no service's own wish: <c>profile test</c>; null when nobody has.</summary>
    public string? ImageOrigin { get; init; }

    /// <summary>How long connecting to the container engine may take; null for as long as its endpoints need to be tried.</summary>
    public TimeSpan? ConnectLimit { get; init; }

    /// <summary>How long the pull of its image may take.</summary>
    public TimeSpan PullLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Host ports by name; the empty name stands for the only port, or for all with a range or any free one.</summary>
    public IReadOnlyDictionary<string, PortWish> Ports { get; init; } = new Dictionary<string, PortWish>();

    /// <summary>Where free ports are taken from; null for the engine's own range.</summary>
    public PortWish? PortRange { get; init; }

    /// <summary>The address that ports are published on.</summary>
    public string Bind { get; init; } = Health.HostAddress.Loopback;

    /// <summary>Environment variables on top of the definition's, as templates.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Storage on top of the definition's, or instead of it where the target is the same.</summary>
    public IReadOnlyList<DesiredMount> Mounts { get; init; } = [];

    /// <summary>Whether its data is in memory, and gone with it.</summary>
    public bool IsInMemory { get; init; }

    /// <summary>Memory limit in bytes; null for none.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>CPU limit in CPUs; null for none.</summary>
    public double? Cpus { get; init; }

    /// <summary>What only its container has.</summary>
    public ContainerSettings Container { get; init; } = ContainerSettings.Usual with { HasInitProcess = Definition.HasInitProcess };

    /// <summary>Whether it ends with the session; null when nobody says.</summary>
    public ServiceLifetime? Lifetime { get; init; }

    /// <summary>Whether it is the profile <c>test</c> of a call, or of an environment variable, that ends it with the session.</summary>
    public bool IsForTest { get; init; }

    /// <summary>How long it may live; null for ever.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>What is made in it once, its commands as templates; null for nothing.</summary>
    public InitContent? Init { get; init; }

    /// <summary>Whether its licence is accepted.</summary>
    public bool AcceptsLicense { get; init; }
}
