using System.Management.Automation;
using LocalZure.Engine;

namespace LocalZure.PowerShell.Watching;

/// <summary>
/// How watchers are started: as another process of this same PowerShell, whose runtime is the only one that is sure to be there,
/// but with a start-up hook that takes over before PowerShell itself begins.
/// </summary>
internal static class Watchers
{
    // One value for all: engine options are compared, and lists are not equal by their items.
    private static readonly Lazy<WatcherCommand?> Known = new(Find);

    /// <summary>The command; null in a program that has PowerShell inside but is not PowerShell, and must not be started twice.</summary>
    public static WatcherCommand? Command => Known.Value;

    private static WatcherCommand? Find()
    {
        var home = Path.GetDirectoryName(typeof(PSObject).Assembly.Location);
        if (string.IsNullOrEmpty(home) || Program(home) is not { Length: > 0 } program)
        {
            return null;
        }

        var assembly = typeof(Watchers).Assembly.Location;
        var variables = new Dictionary<string, string>(WatcherProgram.Runtime) { [WatcherProgram.Mark] = "1", [WatcherProgram.Hooks] = assembly };
        if (assembly.Contains(Path.PathSeparator, StringComparison.Ordinal))
        {
            // It separates hooks. The command does the same then, and only takes longer.
            variables[WatcherProgram.Hooks] = "";
        }

        return new WatcherCommand(program[0], [.. program[1..], "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", Script(assembly)], variables);
    }

    private static string[] Program(string home)
    {
        var own = Path.Combine(home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        if (File.Exists(own))
        {
            return [own];
        }

        // PowerShell as a .NET tool is a library, run by a small program of the tool's name or by dotnet.
        var library = Path.Combine(home, "pwsh.dll");
        return (Environment.ProcessPath, Path.GetFileNameWithoutExtension(Environment.ProcessPath)) switch
        {
            ({ } path, "pwsh") => [path],
            ({ } path, "dotnet") when File.Exists(library) => [path, library],
            _ => [],
        };
    }

    // Where start-up hooks are switched off.
    private static string Script(string assembly) =>
        $"[Reflection.Assembly]::LoadFrom('{assembly.Replace("'", "''", StringComparison.Ordinal)}').GetType('StartupHook').GetMethod('Initialize').Invoke($null, $null)";
}
