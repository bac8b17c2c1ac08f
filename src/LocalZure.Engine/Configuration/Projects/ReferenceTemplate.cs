using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Checks;

namespace LocalZure.Engine.Configuration.Projects;

/// <summary>Turns the texts of a configuration into templates of a definition: <c>${redis.port}</c> becomes <c>{ref.redis.port}</c>, all else stays as it is.</summary>
internal sealed class ReferenceTemplate
{
    private readonly string _owner;
    private readonly IReadOnlyCollection<string> _ports;
    private readonly Func<string, bool> _isService;

    /// <summary>Creates one.</summary>
    /// <param name="owner">The service that the texts belong to; what it refers to of itself is as it sees itself.</param>
    /// <param name="ports">The names of its ports.</param>
    /// <param name="isService">Whether there is a service of a name.</param>
    public ReferenceTemplate(string owner, IReadOnlyCollection<string> ports, Func<string, bool> isService)
    {
        _owner = owner;
        _ports = ports;
        _isService = isService;
    }

    /// <summary>The template of a text.</summary>
    public string Of(string text) => Reference.Replace(text, _isService, PlaceholderOf, rest => Template.Escape(rest.Replace("$${", "${", StringComparison.Ordinal)));

    /// <summary>The services that texts refer to, each once.</summary>
    public IEnumerable<string> ServicesIn(IEnumerable<string> texts) =>
        texts.SelectMany(text => Reference.In(text, _isService)).Select(reference => reference.Service).Where(name => name != _owner).Distinct(StringComparer.Ordinal);

    private string PlaceholderOf(Reference reference)
    {
        if (reference.Service != _owner)
        {
            return $"{{ref.{reference.Service}.{reference.Property}}}";
        }

        var dot = reference.Property.IndexOf('.', StringComparison.Ordinal);
        return reference.Property switch
        {
            "host" => "{address}",
            "name" => _owner,
            _ => $"{{port.{(dot < 0 ? _ports.First() : reference.Property[(dot + 1)..])}}}",
        };
    }
}
