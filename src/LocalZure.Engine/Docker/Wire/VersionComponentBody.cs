namespace LocalZure.Engine.Docker.Wire;

/// <summary>A part of the engine in <c>GET /version</c>; the first is the engine itself.</summary>
internal sealed record VersionComponentBody
{
    public string? Name { get; init; }
}
