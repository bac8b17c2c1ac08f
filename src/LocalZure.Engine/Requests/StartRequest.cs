namespace LocalZure.Engine.Requests;

/// <summary>What to start and how. Values that are null take the service's own.</summary>
public sealed record StartRequest
{
    /// <summary>The services to start, by their names; empty for all that the configuration enables.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The configuration that says more about services; null takes the catalog alone.</summary>
    public ConfigurationRequest? Configuration { get; init; }

    /// <summary>The instance; null takes <c>LOCALZURE_INSTANCE</c>, empty is the unnamed one.</summary>
    public string? Instance { get; init; }

    /// <summary>How to run them; null takes <c>LOCALZURE_MODE</c>, else <see cref="ServiceMode.Auto"/>.</summary>
    public ServiceMode? Mode { get; init; }

    /// <summary>Host ports by port name; the empty name stands for the only port of a service that has one, and for all ports with a range or any free port. A port that is named here exactly is never replaced.</summary>
    public IReadOnlyDictionary<string, PortWish> Ports { get; init; } = new Dictionary<string, PortWish>();

    /// <summary>Environment variables on top of the service's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Mounts by source: a path is a bind mount, a word a named volume of ours; the value is the path inside. A target of the definition replaces its volume.</summary>
    public IReadOnlyDictionary<string, string> Volumes { get; init; } = new Dictionary<string, string>();

    /// <summary>Another image.</summary>
    public string? Image { get; init; }

    /// <summary>Memory limit in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>CPU limit in CPUs, for example 0.5.</summary>
    public double? Cpus { get; init; }

    /// <summary>Whether it ends with this process; null takes what is there as it is, and makes what is not there <see cref="ServiceLifetime.Persistent"/>.</summary>
    public ServiceLifetime? Lifetime { get; init; }

    /// <summary>How long it may live before it counts as an orphan; null for ever.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>How long each service may take to become usable, pulls and installations not counted.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Return as soon as it was started.</summary>
    public bool NoWait { get; init; }

    /// <summary>Start only the services that are named, not what they need.</summary>
    public bool NoDependency { get; init; }

    /// <summary>Make it anew even when it runs unchanged. Data volumes stay.</summary>
    public bool Recreate { get; init; }

    /// <summary>Whether the user accepts the licences of the services and of what they need.</summary>
    public bool AcceptEula { get; init; }

    /// <summary>Leave what a failed start created for a closer look.</summary>
    public bool KeepOnFailure { get; init; }
}
