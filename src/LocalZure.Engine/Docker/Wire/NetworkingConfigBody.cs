namespace LocalZure.Engine.Docker.Wire;

/// <summary>The networks that a container joins.</summary>
internal sealed record NetworkingConfigBody
{
    public required Dictionary<string, EndpointConfigBody> EndpointsConfig { get; init; }
}
