using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Commands;

/// <summary>Decides which services a query means. Pure.</summary>
internal sealed class ServiceFilter
{
    private readonly List<NamePattern> _names;
    private readonly NamePattern? _instance;
    private readonly bool _unnamedOnly;

    /// <summary>Creates one.</summary>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public ServiceFilter(ServiceQuery query)
    {
        _names = query.Names.Select(name => new NamePattern(name)).ToList();
        _unnamedOnly = query.Instance is { Length: 0 };
        _instance = string.IsNullOrEmpty(query.Instance) ? null : new NamePattern(query.Instance);
    }

    /// <summary>Whether a service is meant; something without a service's labels never is.</summary>
    public bool Matches(ServiceKey? key) => key is { } service
        && (_names.Count == 0 || _names.Exists(name => name.Matches(service.Name)))
        && (!_unnamedOnly || service.Instance is null)
        && (_instance is null || (service.Instance is { } instance && _instance.Matches(instance)));
}
