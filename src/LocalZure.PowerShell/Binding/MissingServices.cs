using System.Management.Automation;
using LocalZure.Engine;
using LocalZure.Engine.Requests;

namespace LocalZure.PowerShell.Binding;

/// <summary>Tells which services were asked for by their exact name and not found. A wildcard that finds nothing is no error.</summary>
internal static class MissingServices
{
    /// <summary>The names and why there is nothing.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="found">The names of the services that were found.</param>
    public static IEnumerable<(string Name, LocalZureException Error)> Of(ServiceQuery query, IEnumerable<string> found)
    {
        if (query.Instance is not null && WildcardPattern.ContainsWildcardCharacters(query.Instance))
        {
            return [];
        }

        var names = found.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var instance = string.IsNullOrEmpty(query.Instance) ? null : query.Instance;
        return query.Names
            .Where(name => !WildcardPattern.ContainsWildcardCharacters(name) && !names.Contains(name))
            .Select(name => (name, LocalZureEngine.ExplainMissing(name, instance)));
    }
}
