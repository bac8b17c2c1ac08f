namespace LocalZure.Engine.Docker.Wire;

/// <summary>The docker endpoint of a Docker context.</summary>
internal sealed record ContextEndpointBody
{
    public string? Host { get; init; }

    public bool SkipTLSVerify { get; init; }
}
