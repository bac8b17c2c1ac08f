using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>What of a service only its container has.</summary>
internal sealed record ContainerSettings
{
    /// <summary>Nothing but what every container has.</summary>
    public static readonly ContainerSettings Usual = new();

    /// <summary>The folder in the container that it runs in; null keeps the image's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Limit of processes and threads; null for none.</summary>
    public long? Pids { get; init; }

    /// <summary>Whether its processes cannot gain privileges.</summary>
    public bool NoNewPrivileges { get; init; } = true;

    /// <summary>Whether its file system cannot be written, mounts aside.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Linux capabilities that are taken away.</summary>
    public IReadOnlyList<string> DroppedCapabilities { get; init; } = [];

    /// <summary>Whether the engine's own init is its first process.</summary>
    public bool HasInitProcess { get; init; }

    /// <summary>When the runtime starts it again by itself.</summary>
    public RestartRule Restart { get; init; }

    /// <summary>What it is connected to.</summary>
    public NetworkKind Network { get; init; }
}
