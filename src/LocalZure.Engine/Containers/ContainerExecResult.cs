namespace LocalZure.Engine.Containers;

/// <summary>How a command in a container ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LastLines">The end of its output, standard output and error as they came.</param>
internal sealed record ContainerExecResult(int ExitCode, IReadOnlyList<string> LastLines);
