using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Puts services and what they need in an order. Pure.</summary>
internal static class DependencyGraph
{
    /// <summary>The services of a request with everything that they need, what is needed first, each once.</summary>
    /// <param name="wanted">The services of the request.</param>
    /// <param name="find">Finds a definition by its name; null when there is none.</param>
    /// <exception cref="LocalZureException">DependencyCycle, or ServiceUnknown for a service that another one needs; both with the path.</exception>
    public static IReadOnlyList<ServiceDefinition> Resolve(IReadOnlyList<ServiceDefinition> wanted, Func<string, ServiceDefinition?> find)
    {
        var ordered = new List<ServiceDefinition>();
        var path = new List<string>();
        foreach (var definition in wanted)
        {
            Visit(definition, find, path, ordered);
        }

        return ordered;
    }

    /// <summary>Those of some services that need a service, directly or through others.</summary>
    /// <param name="name">The service.</param>
    /// <param name="among">The services.</param>
    /// <param name="find">Finds a definition by its name; null when there is none.</param>
    public static IReadOnlyList<string> Dependants(string name, IReadOnlyCollection<string> among, Func<string, ServiceDefinition?> find) =>
        among.Where(candidate => candidate != name && Needs(candidate, name, find, [])).ToList();

    private static void Visit(ServiceDefinition definition, Func<string, ServiceDefinition?> find, List<string> path, List<ServiceDefinition> ordered)
    {
        if (ordered.Exists(done => done.Name == definition.Name))
        {
            return;
        }

        var from = path.IndexOf(definition.Name);
        path.Add(definition.Name);
        if (from >= 0)
        {
            throw new LocalZureException(ErrorCode.DependencyCycle, $"Services need each other in a circle: {Text(path.Skip(from))}.") { Service = definition.Name };
        }

        foreach (var needed in definition.DependsOn)
        {
            Visit(find(needed) ?? throw Unknown(path, needed), find, path, ordered);
        }

        path.RemoveAt(path.Count - 1);
        ordered.Add(definition);
    }

    // A circle is no reason to go round for ever: stopping must work whatever the definitions say.
    private static bool Needs(string candidate, string name, Func<string, ServiceDefinition?> find, HashSet<string> seen) =>
        seen.Add(candidate)
        && (find(candidate)?.DependsOn ?? []).Any(needed => needed == name || Needs(needed, name, find, seen));

    private static LocalZureException Unknown(List<string> path, string needed) =>
        new(ErrorCode.ServiceUnknown, $"There is no service named '{needed}', which {path[^1]} needs: {Text(path.Append(needed))}.") { Service = path[^1] };

    private static string Text(IEnumerable<string> path) => string.Join(" -> ", path);
}
