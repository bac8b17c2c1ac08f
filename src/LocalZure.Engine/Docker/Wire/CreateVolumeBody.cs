namespace LocalZure.Engine.Docker.Wire;

/// <summary>The request that creates a volume.</summary>
internal sealed record CreateVolumeBody
{
    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
