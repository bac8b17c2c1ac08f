using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>What the profile <c>test</c> says.</summary>
internal static class ProfileLayer
{
    /// <summary>
    /// What makes copies independent of each other and leaves nothing behind. Chosen by a parameter or an environment variable it
    /// goes before the files, chosen by a file it is below it.
    /// </summary>
    public static YamlMapping Isolation(Source source) => Defaults(
        source,
        ("ports", "auto"),
        ("data", "memory"),
        ("variant", "alpine"),
        ("lifetime", "session"));

    /// <summary>Limits for services that have none. Always below the files: who has set a limit knows what the service needs.</summary>
    public static YamlMapping Limits(Source source)
    {
        var place = Place.Outside(source);
        return YamlTree.Table(place, ("defaults", YamlTree.Table(place, ("resources", YamlTree.Table(
            place,
            ("memory", YamlTree.Value(place, "1g")),
            ("cpus", YamlTree.Value(place, "2")),
            ("pids", YamlTree.Value(place, "1024")))))));
    }

    private static YamlMapping Defaults(Source source, params (string Key, string Text)[] values)
    {
        var place = Place.Outside(source);
        return YamlTree.Table(place, ("defaults", YamlTree.Table(place, [.. values.Select(value => (value.Key, (YamlNode)YamlTree.Value(place, value.Text)))])));
    }
}
