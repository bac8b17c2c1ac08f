namespace LocalZure.Engine.Docker.Wire;

/// <summary>The request that creates a network.</summary>
internal sealed record CreateNetworkBody
{
    public required string Name { get; init; }

    /// <summary>Refuses a name that is taken; API 1.44 and later always do.</summary>
    public required bool CheckDuplicate { get; init; }

    public required string Driver { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
