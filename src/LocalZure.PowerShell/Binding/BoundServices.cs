using System.Collections;
using LocalZure.Engine;

namespace LocalZure.PowerShell.Binding;

/// <summary>The services of the catalog that a command line under completion names.</summary>
internal static class BoundServices
{
    /// <summary>The services; none when no name is there yet.</summary>
    /// <param name="boundParameters">What PowerShell has read of the command line.</param>
    public static IReadOnlyList<ServiceDefinitionInfo> Of(IDictionary? boundParameters)
    {
        var names = boundParameters?["Name"] switch
        {
            string name => [name],
            IEnumerable several => several.Cast<object?>().Select(name => $"{name}").ToList(),
            _ => (IReadOnlyList<string>)[],
        };
        return LocalZureEngine.Catalog.Where(service => names.Contains(service.Name, StringComparer.OrdinalIgnoreCase)).ToList();
    }
}
