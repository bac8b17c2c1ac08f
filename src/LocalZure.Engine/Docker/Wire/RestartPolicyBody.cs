namespace LocalZure.Engine.Docker.Wire;

/// <summary>When the engine restarts a container by itself.</summary>
internal sealed record RestartPolicyBody
{
    public required string Name { get; init; }
}
