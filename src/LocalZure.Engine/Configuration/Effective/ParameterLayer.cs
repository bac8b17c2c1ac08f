using LocalZure.Engine.Configuration.Schema;
using LocalZure.Engine.Configuration.Yaml;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>What parameters of a call say.</summary>
internal static class ParameterLayer
{
    /// <summary>The layer.</summary>
    public static YamlMapping Create(ConfigurationRequest request)
    {
        (string Key, string Name, string? Text)[] given =
        [
            ("profile", "-Profile", request.Profile),
            ("instance", "-Instance", request.Instance),
            ("mode", "-Mode", request.Mode is { } mode ? Scalars.Word(mode) : null),
        ];
        var defaults = given.Where(value => value.Text is not null)
            .Select(value => (value.Key, (YamlNode)YamlTree.Value(Place.Outside(new Source(SourceKind.Parameter, value.Name)), value.Text!)))
            .ToArray();
        return YamlTree.Table(Place.Default, ("defaults", YamlTree.Table(Place.Default, defaults)));
    }
}
