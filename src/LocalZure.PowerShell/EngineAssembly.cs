using System.Reflection;
using System.Runtime.Loader;

namespace LocalZure.PowerShell;

/// <summary>Lets this assembly find the engine. Knows no PowerShell, so that a watcher does not load it.</summary>
internal static class EngineAssembly
{
    private const string Name = "LocalZure.Engine";

    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(typeof(EngineAssembly).Assembly.Location)!, "engine");
    private static readonly EngineLoadContext Context = new(Folder);

    private static int _hooked;

    /// <summary>Serves the engine from now on, in every runspace of the process.</summary>
    public static void Serve()
    {
        // Once per process and for good: a runspace that removes the module must not take the engine from the others.
        if (Interlocked.Exchange(ref _hooked, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    // A module without its engine must end in the runtime's own error: the context would ask here again, for ever.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == Name && File.Exists(Path.Combine(Folder, Name + ".dll")) ? Context.LoadFromAssemblyName(name) : null;
}
