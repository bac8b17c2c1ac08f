namespace LocalZure.Engine.Docker.Wire;

/// <summary>How a command in a container is started.</summary>
internal sealed record ExecStartBody
{
    public bool Detach { get; init; }

    public bool Tty { get; init; }
}
