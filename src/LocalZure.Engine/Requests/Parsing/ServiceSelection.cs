namespace LocalZure.Engine.Requests.Parsing;

/// <summary>Gathers which services are meant, over all objects of a pipeline where there is one, so that the engine is asked once per instance.</summary>
public sealed class ServiceSelection
{
    private readonly List<(string? Instance, List<string> Names, bool Everything)> _groups = [];

    /// <summary>Adds what one object of the pipeline, or the command line, means.</summary>
    /// <param name="names">Names with wildcards; null or empty for all services.</param>
    /// <param name="instance">The instance; null for all of them, empty for the unnamed one.</param>
    public void Add(IReadOnlyCollection<string>? names, string? instance)
    {
        var index = _groups.FindIndex(group => string.Equals(group.Instance, instance, StringComparison.OrdinalIgnoreCase));
        var (_, gathered, everything) = index < 0 ? (instance, [], false) : _groups[index];
        gathered.AddRange((names ?? []).Except(gathered, StringComparer.OrdinalIgnoreCase));
        var updated = (instance, gathered, everything || names is null or { Count: 0 });
        if (index < 0)
        {
            _groups.Add(updated);
        }
        else
        {
            _groups[index] = updated;
        }
    }

    /// <summary>One query per instance, in the order they came.</summary>
    /// <param name="includeStopped">Also services that do not run.</param>
    public IReadOnlyList<ServiceQuery> ToQueries(bool includeStopped) =>
        _groups.ConvertAll(group => new ServiceQuery
        {
            Names = group.Everything ? [] : group.Names,
            Instance = group.Instance,
            IncludeStopped = includeStopped,
        });
}
