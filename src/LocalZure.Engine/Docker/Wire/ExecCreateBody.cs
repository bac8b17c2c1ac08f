namespace LocalZure.Engine.Docker.Wire;

/// <summary>A command to run in a container.</summary>
internal sealed record ExecCreateBody
{
    public bool AttachStdout { get; init; } = true;

    public bool AttachStderr { get; init; } = true;

    public required IReadOnlyList<string> Cmd { get; init; }
}
