namespace LocalZure.Engine.Containers;

/// <summary>Everything that makes a container.</summary>
internal sealed record ContainerSpec
{
    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>The image with its tag or digest.</summary>
    public required string Image { get; init; }

    /// <summary>Replaces the image's command; null keeps it.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Replaces the image's entry point; null keeps it.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Files to copy into it before it starts.</summary>
    public IReadOnlyList<ContainerFile> Files { get; init; } = [];

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Ports to publish.</summary>
    public IReadOnlyList<PortMapping> Ports { get; init; } = [];

    /// <summary>Volumes, bind mounts and memory-backed mounts.</summary>
    public IReadOnlyList<MountSpec> Mounts { get; init; } = [];

    /// <summary>The network to join; null for the runtime's default one.</summary>
    public string? Network { get; init; }

    /// <summary>What it is connected to; anything but a bridge leaves <see cref="Network"/> aside.</summary>
    public NetworkKind NetworkKind { get; init; }

    /// <summary>Further names of the container in <see cref="Network"/>.</summary>
    public IReadOnlyList<string> NetworkAliases { get; init; } = [];

    /// <summary>The working directory; null keeps the image's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The signal that asks it to end, for example <c>SIGINT</c>; null keeps the image's.</summary>
    public string? StopSignal { get; init; }

    /// <summary>Memory limit in bytes; null for none.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>CPU limit in CPUs, for example 0.5; null for none.</summary>
    public double? Cpus { get; init; }

    /// <summary>Limit of processes; null for none.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>Forbids gaining privileges. On by default.</summary>
    public bool NoNewPrivileges { get; init; } = true;

    /// <summary>Whether its file system cannot be written, mounts aside.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Linux capabilities that are taken away, for example <c>NET_RAW</c> or <c>ALL</c>.</summary>
    public IReadOnlyList<string> DroppedCapabilities { get; init; } = [];

    /// <summary>Whether the runtime's own init is its first process, which passes signals on and reaps what is left behind.</summary>
    public bool HasInitProcess { get; init; }

    /// <summary>When the runtime starts it again by itself.</summary>
    public RestartRule Restart { get; init; }
}
