using System.Diagnostics;

namespace LocalZure.Benchmarks;

/// <summary>The docker command line.</summary>
internal static class DockerCommand
{
    /// <summary>Runs it and gives its trimmed output.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {await errors}");
    }

    /// <summary>Milliseconds that it took, the process included.</summary>
    public static Task<double> TimeAsync(params string[] arguments) => Median.TimeAsync(() => RunAsync(arguments));
}
