namespace LocalZure.Engine.Containers;

/// <summary>A container as a list shows it.</summary>
internal sealed record ContainerSummary
{
    /// <summary>The full id.</summary>
    public required string Id { get; init; }

    /// <summary>The name without a leading slash.</summary>
    public required string Name { get; init; }

    /// <summary>The image as it was named at creation.</summary>
    public required string Image { get; init; }

    /// <summary>The runtime's word for its state.</summary>
    public required ContainerState State { get; init; }

    /// <summary>Text such as <c>Up 3 seconds (healthy)</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Published ports; empty while it does not run.</summary>
    public IReadOnlyList<PortMapping> Ports { get; init; } = [];

    /// <summary>Mounts.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Names of the networks it is in.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
