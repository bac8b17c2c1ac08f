namespace LocalZure.Engine.Docker.Wire;

/// <summary>A mount that a container has.</summary>
internal sealed record MountPointBody
{
    public string? Type { get; init; }

    public string? Name { get; init; }

    public string? Source { get; init; }

    public string? Destination { get; init; }
}
