namespace LocalZure.Engine.Health;

/// <summary>The image's own HEALTHCHECK, as the engine runs it, must say healthy. Not for host processes.</summary>
internal sealed record DockerProbeDefinition : ProbeDefinition;
