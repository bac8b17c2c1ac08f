using System.Diagnostics;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.HostProcesses;

/// <summary>A test that installs a package for real.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NpmRegistryFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(Probe);

    public override string? Skip => Reason.Value;

    private static string? Probe()
    {
        if (Programs.Find("node") is null || Programs.Find("npm") is not { } npm)
        {
            return "needs Node.js and npm on PATH";
        }

        using var ping = Process.Start(new ProcessStartInfo(npm, ["ping", "--fetch-retries=0", "--fetch-timeout=5000"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return ping.WaitForExit(TimeSpan.FromSeconds(15)) && ping.ExitCode == 0 ? null : "npm does not reach its registry";
    }
}
