namespace LocalZure.Engine.Docker.Wire;

/// <summary>A command to run in a container.</summary>
internal sealed record ExecCreateBody
{
    public bool AttachStdout { get; init; } = true;

    public bool AttachStderr { get; init; } = true;

    public IReadOnlyList<string>? Env { get; init; }

    public required IReadOnlyList<string> Cmd { get; init; }
}
