namespace LocalZure.Engine.Containers;

/// <summary>One line of a container's output.</summary>
/// <param name="Timestamp">When the runtime took it.</param>
/// <param name="IsError">Whether it came from standard error.</param>
/// <param name="Text">The line without its line end.</param>
internal sealed record ContainerLogLine(DateTimeOffset Timestamp, bool IsError, string Text)
{
    /// <summary>Whether it is a part of a line that is longer than 1 MiB, and not its last.</summary>
    public bool IsPartial { get; init; }
}
