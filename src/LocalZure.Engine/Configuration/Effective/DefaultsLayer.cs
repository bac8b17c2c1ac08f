using LocalZure.Engine.Configuration.Schema;
using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>What holds when nobody says anything: the values of the schema, below all other layers.</summary>
internal static class DefaultsLayer
{
    /// <summary>The layer.</summary>
    public static YamlMapping Create() => Of(ProjectSchema.Root.Shape);

    private static YamlMapping Of(SchemaShape table)
    {
        var entries = new List<(string, YamlNode)>();
        foreach (var key in table.Keys!)
        {
            if (key.Value is not null)
            {
                entries.Add((key.Name, YamlTree.Value(Place.Default, key.Value)));
            }
            else if (key.Shape.Keys is not null)
            {
                entries.Add((key.Name, Of(key.Shape)));
            }
        }

        return YamlTree.Table(Place.Default, [.. entries]);
    }
}
