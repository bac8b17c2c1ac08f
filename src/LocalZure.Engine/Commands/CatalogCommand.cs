using LocalZure.Engine.Catalog;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>Tells which services can be named: those of the catalog, and those that a project has of its own.</summary>
internal sealed class CatalogCommand
{
    private readonly ProjectLoader _projects;

    /// <summary>Creates one.</summary>
    /// <param name="projects">Reads projects.</param>
    public CatalogCommand(ProjectLoader projects) => _projects = projects;

    /// <summary>The services that can be started, those of the project after those of the catalog.</summary>
    /// <param name="names">Names with wildcards; none for all.</param>
    /// <param name="configuration">Where the project is looked for; null for the catalog alone.</param>
    /// <param name="events">Told when the project cannot be read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public async Task<IReadOnlyList<ServiceDefinitionInfo>> FindAsync(IReadOnlyList<string> names, ConfigurationRequest? configuration, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var patterns = names.Select(name => new NamePattern(name)).ToList();
        var (project, failure) = await LoadAsync(configuration, cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            events.Report(new Degraded(null, $"Services of the project are not listed: {failure.Message}"));
        }

        var own = (project?.OwnNames ?? []).Select(name => CatalogInfo.Of(project!.Find(name)!.Definition));
        return ServiceCatalog.All.Select(CatalogInfo.Of).Concat(own).Where(service => patterns.Count == 0 || patterns.Exists(pattern => pattern.Matches(service.Name))).ToList();
    }

    /// <summary>Why nothing was found of services that were asked for by their exact names. A wildcard that finds nothing is no error.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="found">The names of the services that were found.</param>
    /// <param name="unseen">Why the engine that the user names could not be looked at, which is why nobody knows what runs there; null when it could.</param>
    /// <param name="configuration">Where the project is looked for that may have a service of its own; null for the catalog alone.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>A failure for each that is missing.</returns>
    public async Task<IReadOnlyList<ServiceOutcome>> ExplainMissingAsync(ServiceQuery query, IEnumerable<string> found, LocalZureException? unseen, ConfigurationRequest? configuration, CancellationToken cancellationToken)
    {
        if (query.Instance is not null && Instances.IsPattern(query.Instance))
        {
            return [];
        }

        var names = found.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = query.Names.Where(name => !Instances.IsPattern(name) && !names.Contains(name)).ToList();

        // A project that cannot be read has no names to offer; whoever starts it is told why.
        var own = missing.Exists(name => ServiceCatalog.Find(name) is null) ? (await LoadAsync(configuration, cancellationToken).ConfigureAwait(false)).Project?.OwnNames : null;
        return missing.ConvertAll(name => new ServiceOutcome(name, query.Instance, null, Why(CatalogInfo.ExplainMissing(name, query.Instance, own ?? []), unseen)));
    }

    private static LocalZureException Why(LocalZureException missing, LocalZureException? unseen) =>
        missing.Code == ErrorCode.ServiceNotRunning && unseen is not null ? unseen : missing;

    private async Task<(ServiceProject? Project, LocalZureException? Failure)> LoadAsync(ConfigurationRequest? configuration, CancellationToken cancellationToken)
    {
        try
        {
            return (await _projects.LoadAsync(configuration, cancellationToken).ConfigureAwait(false), null);
        }
        catch (LocalZureException e)
        {
            return (null, e);
        }
    }
}
