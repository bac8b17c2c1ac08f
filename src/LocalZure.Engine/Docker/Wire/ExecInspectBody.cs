namespace LocalZure.Engine.Docker.Wire;

/// <summary>How far a command in a container is.</summary>
internal sealed record ExecInspectBody
{
    public bool Running { get; init; }

    public int? ExitCode { get; init; }
}
