using LocalZure.Integration.Tests.Support;

namespace LocalZure.Cli.Tests.Support;

/// <summary>The cmdlets, in a PowerShell of their own.</summary>
internal static class Cmdlets
{
    /// <summary>Runs a script with the module and gives what it wrote; an error fails the test.</summary>
    public static Task<string> RunAsync(Lab lab, string script)
    {
        var words = PowerShellCommand.Words!;
        var whole = $"$ErrorActionPreference = 'Stop'; Import-Module '{InteropFactAttribute.Manifest}'; {script}";
        string[] arguments = [.. words.Skip(1), "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", whole];
        return Command.RunAsync(words[0], arguments, lab.Variables(lab.Home));
    }
}
