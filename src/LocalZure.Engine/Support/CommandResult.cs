namespace LocalZure.Engine.Support;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">The last lines of its output and error, in the order of their arrival.</param>
internal sealed record CommandResult(int ExitCode, IReadOnlyList<string> Lines);
