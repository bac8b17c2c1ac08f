using System.Management.Automation;
using LocalZure.PowerShell.Pipeline;

namespace LocalZure.PowerShell;

/// <summary>
/// Lets the cmdlets find the engine, and closes it when the module is removed.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell in every runspace that imports the module.</summary>
    public void OnImport() => EngineAssembly.Serve();

    /// <summary>Called by PowerShell in every runspace that removes the module.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => EngineProvider.Release();
}
