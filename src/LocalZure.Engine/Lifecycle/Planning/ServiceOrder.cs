using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>Does work on services in the order of what they need, as much as possible at the same time.</summary>
internal sealed class ServiceOrder
{
    private readonly IReadOnlyList<Service> _services;
    private readonly Func<string, ServiceDefinition?> _find;

    /// <summary>Creates one.</summary>
    /// <param name="services">The services.</param>
    /// <param name="find">Finds a definition by its name; null when there is none.</param>
    public ServiceOrder(IReadOnlyList<Service> services, Func<string, ServiceDefinition?> find)
    {
        _services = services;
        _find = name => services.FirstOrDefault(service => service.Name == name)?.Definition ?? find(name);
    }

    /// <summary>Those that need a service come before it.</summary>
    /// <param name="work">The work on a service; given that on those before it, which it waits for itself.</param>
    public IReadOnlyDictionary<Service, Task<T>> DependantsFirst<T>(Func<Service, IReadOnlyList<Task<T>>, Task<T>> work) => Run(Dependants, work);

    /// <summary>Those that a service needs come before it.</summary>
    /// <inheritdoc cref="DependantsFirst"/>
    public IReadOnlyDictionary<Service, Task<T>> NeededFirst<T>(Func<Service, IReadOnlyList<Task<T>>, Task<T>> work) =>
        Run(service => _services.Where(other => Dependants(other).Contains(service)).ToList(), work);

    private Dictionary<Service, Task<T>> Run<T>(Func<Service, List<Service>> before, Func<Service, IReadOnlyList<Task<T>>, Task<T>> work)
    {
        var tasks = new Dictionary<Service, Task<T>>(ReferenceEqualityComparer.Instance);
        foreach (var service in _services)
        {
            _ = Plan(service);
        }

        return tasks;

        Task<T> Plan(Service service)
        {
            if (!tasks.TryGetValue(service, out var task))
            {
                task = work(service, before(service).Select(Plan).ToList());
                tasks[service] = task;
            }

            return task;
        }
    }

    private List<Service> Dependants(Service service)
    {
        var others = _services.Where(other => other.Instance == service.Instance).ToList();
        var names = others.Select(other => other.Name).ToList();
        var dependants = DependencyGraph.Dependants(service.Name, names, _find);

        // Two that need each other cannot both be first.
        return others.FindAll(other => dependants.Contains(other.Name) && !DependencyGraph.Dependants(other.Name, [service.Name], _find).Contains(service.Name));
    }
}
