using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>Writes short forms out, so that files can be laid over each other.</summary>
internal static class ShortForms
{
    /// <summary>
    /// A document with <c>services: [blob]</c> written as <c>services: { blob: {} }</c>, <c>blob: false</c> as
    /// <c>blob: { enabled: false }</c>, and <c>blob:</c> as <c>blob: {}</c>. What is neither stays as it is.
    /// </summary>
    /// <param name="root">The document; null for an empty one.</param>
    /// <param name="problems">Takes names that are in a list twice.</param>
    public static YamlNode? Expand(YamlNode? root, Problems problems) =>
        root is YamlMapping table
            ? new YamlMapping(table.Place, table.Entries.Select(entry => entry.Key == "services" ? entry with { Value = Services(entry.Value, problems) } : entry).ToList())
            : root;

    private static YamlNode Services(YamlNode services, Problems problems) => services switch
    {
        YamlSequence list when list.Items.All(item => item is YamlScalar { IsNull: false, Text.Length: <= YamlLimits.Key }) => FromList(list, problems),
        YamlMapping table => new YamlMapping(table.Place, table.Entries.Select(entry => entry with { Value = Service(entry) }).ToList()),
        _ => services,
    };

    private static YamlMapping FromList(YamlSequence list, Problems problems)
    {
        var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var item in list.Items.Cast<YamlScalar>())
        {
            if (!entries.TryAdd(item.Text, new YamlEntry(item.Text, item.Place, new YamlMapping(item.Place, []))))
            {
                problems.Add(item.Place, KeyPath.Child("services", item.Text), $"'{item.Text}' is there already, on line {entries[item.Text].Place.Line}.", "Remove one of the two.");
            }
        }

        return new YamlMapping(list.Place, [.. entries.Values]);
    }

    private static YamlNode Service(YamlEntry entry) => entry.Value switch
    {
        YamlScalar { IsNull: true } => new YamlMapping(entry.Place, []),
        YamlScalar text => YamlTree.Table(text.Place, ("enabled", text)),
        var other => other,
    };
}
