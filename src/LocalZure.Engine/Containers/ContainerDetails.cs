namespace LocalZure.Engine.Containers;

/// <summary>A container as an inspection shows it.</summary>
internal sealed record ContainerDetails
{
    /// <summary>The full id.</summary>
    public required string Id { get; init; }

    /// <summary>The name without a leading slash.</summary>
    public required string Name { get; init; }

    /// <summary>The image as it was named at creation.</summary>
    public required string Image { get; init; }

    /// <summary>The id of the image that it was made from.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>The runtime's word for its state.</summary>
    public required ContainerState State { get; init; }

    /// <summary>The exit code; meaningful only when it does not run and was started.</summary>
    public int ExitCode { get; init; }

    /// <summary>Whether the kernel ended it for lack of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>The runtime's error of the last start; empty when there was none.</summary>
    public string Error { get; init; } = "";

    /// <summary>When it was last started; null when it never was.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it last ended; null when it never did.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often the runtime restarted it.</summary>
    public int RestartCount { get; init; }

    /// <summary>The result of the image's HEALTHCHECK: <c>starting</c>, <c>healthy</c> or <c>unhealthy</c>; null when it has none.</summary>
    public string? HealthStatus { get; init; }

    /// <summary>Whether it has a terminal, so that its output is not framed.</summary>
    public bool Tty { get; init; }

    /// <summary>The environment variables it was created with. They may hold secrets: never shown.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Ports that are bound now; empty while it does not run.</summary>
    public IReadOnlyList<PortMapping> Ports { get; init; } = [];

    /// <summary>Mounts.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Names of the networks it is in.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];
}
