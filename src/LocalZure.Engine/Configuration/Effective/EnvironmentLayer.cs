using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>What environment variables say.</summary>
internal static class EnvironmentLayer
{
    private static readonly (string Variable, string Key)[] Defaults =
    [
        ("LOCALZURE_INSTANCE", "instance"),
        ("LOCALZURE_MODE", "mode"),
        ("LOCALZURE_PROFILE", "profile"),
        ("LOCALZURE_VARIANT", "variant"),
        ("LOCALZURE_PORT_RANGE", "port_range"),
    ];

    private static readonly (string Suffix, string Key)[] OfServices = [("ENABLED", "enabled"), ("PORT", "port"), ("IMAGE", "image"), ("TAG", "tag")];

    /// <summary>The layer.</summary>
    /// <param name="environment">The variables.</param>
    /// <param name="listed">The services of the files.</param>
    /// <param name="catalog">The services of the catalog; a variable for one that is not listed does not enable it by itself.</param>
    public static YamlMapping Create(EnvironmentSnapshot environment, IReadOnlyCollection<string> listed, IEnumerable<string> catalog)
    {
        var defaults = Defaults.Select(pair => Read(environment, pair.Variable, pair.Key)).OfType<(string, YamlNode)>().ToArray();
        var services = listed.Select(name => (name, Values: OfService(environment, name)))
            .Concat(catalog.Except(listed, StringComparer.Ordinal).Select(name => (name, Values: Unlisted(OfService(environment, name)))))
            .Where(service => service.Values.Count > 0)
            .Select(service => (service.name, (YamlNode)YamlTree.Table(service.Values[0].Value.Place, [.. service.Values])))
            .ToArray();
        var place = Place.Default;
        return YamlTree.Table(place, ("defaults", YamlTree.Table(place, defaults)), ("services", YamlTree.Table(place, services)));
    }

    /// <summary>The variable of a key of a service, for example <c>LOCALZURE_MY_API_PORT</c> for <c>my-api</c>.</summary>
    public static string Variable(string service, string suffix) =>
        $"LOCALZURE_{string.Concat(service.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'))}_{suffix}";

    private static List<(string Key, YamlNode Value)> OfService(EnvironmentSnapshot environment, string name) =>
        OfServices.Select(pair => Read(environment, Variable(name, pair.Suffix), pair.Key)).OfType<(string, YamlNode)>().ToList();

    private static List<(string Key, YamlNode Value)> Unlisted(List<(string Key, YamlNode Value)> values) =>
        values.Count == 0 || values.Exists(value => value.Key == "enabled") ? values : [.. values, ("enabled", YamlTree.Value(Place.Default, "false"))];

    private static (string Key, YamlNode Value)? Read(EnvironmentSnapshot environment, string variable, string key) =>
        environment[variable] is { } text ? (key, YamlTree.Value(Place.Outside(new Source(SourceKind.EnvironmentVariable, variable)), text)) : null;
}
