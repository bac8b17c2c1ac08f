namespace LocalZure.Engine.Health;

/// <summary>
/// A command in the container that must end with exit code 0. An engine cannot end a command that hangs, so that one that can
/// must bound itself, as <c>sqlcmd -l 2</c> does. Not for host processes.
/// </summary>
/// <param name="Command">The program and its arguments, without a shell.</param>
internal sealed record ExecProbeDefinition(IReadOnlyList<string> Command) : ProbeDefinition;
