using LocalZure.Engine.Catalog;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>The services that one query waits for, and how far each has come. Those of exact names are waited for before they are there.</summary>
internal sealed class WaitedServices
{
    private readonly Dictionary<ServiceKey, WaitedService> _services = [];
    private readonly Func<string, ServiceDefinition?> _find;
    private readonly TimeProvider _time;

    /// <summary>Creates it. Nothing was looked at yet.</summary>
    /// <param name="query">Which services.</param>
    /// <param name="target">What they are waited for to be.</param>
    /// <param name="find">Finds a definition by its name; null when there is none.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LocalZureException">NameInvalid for an instance that cannot be.</exception>
    public WaitedServices(ServiceQuery query, WaitTarget target, Func<string, ServiceDefinition?> find, TimeProvider time)
    {
        Query = query with { IncludeStopped = true };
        For = target;
        _find = find;
        _time = time;
        if (query.Instance is null || !new NamePattern(query.Instance).HasWildcard)
        {
            var instance = DesiredServiceBuilder.InstanceOf(query.Instance?.ToLowerInvariant());
            foreach (var name in query.Names.Where(name => !new NamePattern(name).HasWildcard))
            {
                Row(new ServiceKey(name.ToLowerInvariant(), instance));
            }
        }
    }

    /// <summary>Which services, those that do not run included.</summary>
    public ServiceQuery Query { get; }

    /// <summary>What they are waited for to be.</summary>
    public WaitTarget For { get; }

    /// <summary>Notes what was found; whether all have come so far, or cannot.</summary>
    /// <param name="found">The services.</param>
    /// <param name="health">Their health in the same order; null when it was not looked at.</param>
    /// <param name="dockerFailure">Why containers could not be looked at; null when they could.</param>
    public bool Note(IReadOnlyList<Service> found, IReadOnlyList<ServiceHealth>? health, LocalZureException? dockerFailure)
    {
        var missing = _services.Keys.ToHashSet();
        for (var i = 0; i < found.Count; i++)
        {
            var key = new ServiceKey(found[i].Name, found[i].Instance);
            missing.Remove(key);
            Row(key).Note(found[i], health?[i]);
        }

        foreach (var key in missing)
        {
            _services[key].NoteMissing(dockerFailure);
        }

        return _services.Values.All(service => service.IsDone);
    }

    /// <summary>Notes that nothing could be looked at.</summary>
    public void NoteTrouble(LocalZureException trouble)
    {
        foreach (var service in _services.Values)
        {
            service.NoteTrouble(trouble.Message);
        }
    }

    /// <summary>How it went for each.</summary>
    /// <param name="waited">How long it was waited, for the message of a time-out.</param>
    public IReadOnlyList<ServiceOutcome> Outcomes(TimeSpan waited) => _services.Values.Select(service => service.Outcome(waited)).ToList();

    private WaitedService Row(ServiceKey key)
    {
        if (!_services.TryGetValue(key, out var row))
        {
            row = new WaitedService(key, For, _find(key.Name), _time);
            _services.Add(key, row);
        }

        return row;
    }
}
