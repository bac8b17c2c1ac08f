using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell;

/// <summary>
/// Lets the cmdlets find the engine, and closes it when the module is removed.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string EngineAssembly = "LocalZure.Engine";

    private static readonly EngineLoadContext Context =
        new(Path.Combine(Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!, "engine"));

    private static int _hooked;

    /// <summary>Called by PowerShell in every runspace that imports the module.</summary>
    public void OnImport()
    {
        // Once per process and for good: a runspace that removes the module must not take the engine from the others.
        if (Interlocked.Exchange(ref _hooked, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    /// <summary>Called by PowerShell in every runspace that removes the module.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => EngineProvider.Release();

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == EngineAssembly ? Context.LoadFromAssemblyName(name) : null;
}
