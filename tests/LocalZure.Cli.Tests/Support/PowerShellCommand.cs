using System.Diagnostics;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests.Support;

/// <summary>How PowerShell is started here: the one on PATH, else the one that the repository pins as a .NET tool.</summary>
internal static class PowerShellCommand
{
    private static readonly Lazy<IReadOnlyList<string>?> LazyWords = new(Find);

    /// <summary>The program and its first arguments; null where there is neither.</summary>
    public static IReadOnlyList<string>? Words => LazyWords.Value;

    private static string[]? Find()
    {
        string[] tool = ["dotnet", "tool", "run", "pwsh", "--"];
        return Command.Find("pwsh") is not null ? ["pwsh"] : Runs([.. tool, "--version"]) ? tool : null;
    }

    // The pinned tools are found from below the repository alone.
    private static bool Runs(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill(entireProcessTree: true);
            return false;
        }

        output.Wait();
        return process.ExitCode == 0;
    }
}
