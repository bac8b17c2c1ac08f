using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace LocalZure.PowerShell;

/// <summary>Keeps the engine and what it depends on apart from the versions that other modules bring.</summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private readonly string[] _folders;

    /// <summary>Creates one.</summary>
    /// <param name="folder">
    /// The folder that holds the engine and its dependencies. What lies in a folder of it named after the runtime identifier, for
    /// example <c>linux-x64</c>, is the same compiled ahead of time for that platform, and goes before.
    /// </param>
    public EngineLoadContext(string folder)
        : base("LocalZure") => _folders = [Path.Combine(folder, RuntimeInformation.RuntimeIdentifier), folder];

    /// <summary>Serves what lies in the folders; null leaves the rest to PowerShell and the runtime.</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        foreach (var folder in _folders)
        {
            var path = Path.Combine(folder, $"{assemblyName.Name}.dll");
            if (File.Exists(path))
            {
                return LoadFromAssemblyPath(path);
            }
        }

        return null;
    }
}
