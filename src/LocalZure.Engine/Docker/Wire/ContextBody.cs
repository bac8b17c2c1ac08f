namespace LocalZure.Engine.Docker.Wire;

/// <summary><c>meta.json</c> of a Docker context.</summary>
internal sealed record ContextBody
{
    public ContextEndpointsBody? Endpoints { get; init; }
}
