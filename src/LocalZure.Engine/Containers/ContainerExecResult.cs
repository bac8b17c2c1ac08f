namespace LocalZure.Engine.Containers;

/// <summary>How a command in a container ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LastLines">The end of its output. Lines of standard output and of standard error may change places, as they come through two pipes.</param>
internal sealed record ContainerExecResult(int ExitCode, IReadOnlyList<string> LastLines);
