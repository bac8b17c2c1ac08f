using LocalZure.Engine.Catalog;
using LocalZure.Engine.Events;
using LocalZure.Engine.Graph;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>Tells which services need which, and how they are.</summary>
internal sealed class GraphCommand
{
    private readonly ProjectLoader _projects;
    private readonly HealthChecker _health;

    /// <summary>Creates one.</summary>
    public GraphCommand(ProjectLoader projects, HealthChecker health)
    {
        _projects = projects;
        _health = health;
    }

    /// <summary>Reads the nodes of a graph.</summary>
    /// <exception cref="LocalZureException">ConfigInvalid, ConfigNotFound, DependencyCycle, or ServiceUnknown for an exact name that nothing has.</exception>
    public async Task<IReadOnlyList<DependencyNode>> ReadAsync(GraphRequest request, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var project = await _projects.LoadAsync(request.Configuration, cancellationToken).ConfigureAwait(false);
        var (_, services, health) = await _health.LookAsync(new ServiceQuery(), events, cancellationToken).ConfigureAwait(false);
        return new GraphBuilder(project, services, health).Build(Wanted(request.Services, project, services));
    }

    private static List<ServiceKey> Wanted(ServiceQuery query, ServiceProject project, IReadOnlyList<Service> services)
    {
        var filter = new ServiceFilter(query);
        var wanted = project.Enabled.Select(name => project.Find(name)).OfType<ConfiguredService>().Select(service => new ServiceKey(service.Definition.Name, service.Instance))
            .Concat(services.Select(service => new ServiceKey(service.Name, service.Instance)))
            .Where(key => filter.Matches(key)).ToHashSet();

        // A service that neither is enabled nor is there has an instance only where one was named.
        foreach (var name in query.Names.Where(name => !new NamePattern(name).HasWildcard && !wanted.Any(key => string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase))))
        {
            var configured = project.Find(name.ToLowerInvariant()) ?? throw ServiceCatalog.Unknown(name, project.OwnNames);
            wanted.Add(new ServiceKey(configured.Definition.Name, query.Instance switch
            {
                null => configured.Instance,
                "" => null,
                { } instance when new NamePattern(instance).HasWildcard => configured.Instance,
                { } instance => instance.ToLowerInvariant(),
            }));
        }

        return [.. wanted];
    }
}
