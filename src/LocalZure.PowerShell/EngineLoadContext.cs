using System.Reflection;
using System.Runtime.Loader;

namespace LocalZure.PowerShell;

/// <summary>Keeps the engine and what it depends on apart from the versions that other modules bring.</summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private readonly string _folder;

    /// <summary>Creates one.</summary>
    /// <param name="folder">The folder that holds the engine and its dependencies.</param>
    public EngineLoadContext(string folder)
        : base("LocalZure") => _folder = folder;

    /// <summary>Serves what lies in the folder; null leaves the rest to PowerShell and the runtime.</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
