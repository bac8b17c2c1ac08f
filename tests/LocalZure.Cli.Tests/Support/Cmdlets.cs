using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests.Support;

/// <summary>The cmdlets, in a PowerShell of their own.</summary>
internal static class Cmdlets
{
    /// <summary>Runs a script with the module and gives what it wrote; an error fails the test.</summary>
    public static Task<string> RunAsync(Lab lab, string script) => Command.RunAsync(
        "pwsh",
        ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", $"$ErrorActionPreference = 'Stop'; Import-Module '{InteropFactAttribute.Manifest}'; {script}"],
        lab.Variables(lab.Home));
}
