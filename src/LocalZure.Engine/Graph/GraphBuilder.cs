using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Graph;

/// <summary>Puts what could run, what runs and how that is together into the nodes of a graph. Pure.</summary>
internal sealed class GraphBuilder
{
    private readonly ServiceProject _project;
    private readonly IReadOnlyList<Service> _services;
    private readonly IReadOnlyList<ServiceHealth> _health;
    private readonly Dictionary<ServiceKey, DependencyNode> _nodes = [];

    /// <summary>Creates one.</summary>
    /// <param name="project">The services that a start could name.</param>
    /// <param name="services">Those that are there.</param>
    /// <param name="health">Their health, in the same order.</param>
    public GraphBuilder(ServiceProject project, IReadOnlyList<Service> services, IReadOnlyList<ServiceHealth> health)
    {
        _project = project;
        _services = services;
        _health = health;
    }

    /// <summary>The nodes of the graph that leads from some services to everything that they need, by instance and name.</summary>
    /// <exception cref="LocalZureException">DependencyCycle, or ServiceUnknown for what a service needs; both with the path.</exception>
    public IReadOnlyList<DependencyNode> Build(IEnumerable<ServiceKey> wanted)
    {
        foreach (var key in wanted)
        {
            Visit(key, []);
        }

        return _nodes
            .Select(node => node.Value with { Dependants = _nodes.Where(other => other.Key.Instance == node.Key.Instance && other.Value.DependsOn.Contains(node.Key.Name)).Select(other => other.Key.Name).Order(StringComparer.Ordinal).ToList() })
            .OrderBy(node => node.Instance, StringComparer.Ordinal)
            .ThenBy(node => node.Name, StringComparer.Ordinal)
            .ToList();
    }

    private void Visit(ServiceKey key, List<string> path)
    {
        if (path.Contains(key.Name))
        {
            var circle = path.SkipWhile(name => name != key.Name).Append(key.Name);
            throw new LocalZureException(ErrorCode.DependencyCycle, $"Services need each other in a circle: {string.Join(" -> ", circle)}.") { Service = key.Name };
        }

        if (_nodes.ContainsKey(key))
        {
            return;
        }

        // Container and host process of one name: the container is shown first by the readers, and what runs counts.
        var index = _services.Select((service, index) => (service, index)).Where(pair => pair.service.Name == key.Name && pair.service.Instance == key.Instance)
            .OrderByDescending(pair => pair.service.State == ServiceState.Running).Select(pair => (int?)pair.index).FirstOrDefault();
        var configured = _project.Find(key.Name);
        var service = index is { } at ? _services[at] : null;
        var needed = (configured?.Definition.DependsOn ?? service?.Definition?.DependsOn ?? service?.DependsOn ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (configured is null && service is null)
        {
            throw new LocalZureException(ErrorCode.ServiceUnknown, $"There is no service named '{key.Name}', which {path.LastOrDefault() ?? "the call"} needs.") { Service = path.LastOrDefault() ?? key.Name };
        }

        foreach (var name in needed)
        {
            Visit(new ServiceKey(name, key.Instance), [.. path, key.Name]);
        }

        _nodes[key] = new DependencyNode
        {
            Name = key.Name,
            Instance = key.Instance,
            DependsOn = needed,
            IsEnabled = _project.Enabled.Contains(key.Name) && configured?.Instance == key.Instance,
            Mode = service?.Mode,
            State = service?.State ?? ServiceState.NotCreated,
            Health = index is { } place ? _health[place].Status : ServiceHealthStatus.Stopped,
        };
    }
}
