using System.Diagnostics.CodeAnalysis;
using LocalZure.PowerShell.Watching;

/// <summary>
/// What .NET calls in a process that has this assembly as its start-up hook, before the program itself: a watcher never gets
/// as far as PowerShell. The name, without a namespace, is the one that .NET looks for.
/// </summary>
[SuppressMessage("Style", "IDE0130:Namespace does not match folder structure", Justification = "A start-up hook has no namespace.")]
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "A start-up hook has no namespace.")]
internal static class StartupHook
{
    /// <summary>Does what a watcher is there for and ends the process; returns when it is no watcher.</summary>
    public static void Initialize()
    {
        if (WatcherProgram.IsThis)
        {
            Environment.Exit(WatcherProgram.Run());
        }
    }
}
