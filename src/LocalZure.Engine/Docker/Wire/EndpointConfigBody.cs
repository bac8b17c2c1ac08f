namespace LocalZure.Engine.Docker.Wire;

/// <summary>How a container joins a network.</summary>
internal sealed record EndpointConfigBody
{
    public IReadOnlyList<string>? Aliases { get; init; }
}
