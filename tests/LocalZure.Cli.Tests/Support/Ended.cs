namespace LocalZure.Cli.Tests.Support;

/// <summary>A command that has ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    /// <summary>The exit code and the id of the first error; empty when there is none.</summary>
    public (int ExitCode, string Id) Verdict => (ExitCode, Errors.Split('\n').FirstOrDefault(line => line.StartsWith("error ", StringComparison.Ordinal)) is { } line ? line.Split(' ', ':')[1] : "");
}
