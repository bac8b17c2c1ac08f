using LocalZure.Engine.Configuration.Settings;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>What is made in a service once, when its data is fresh.</summary>
internal static class InitSchema
{
    /// <summary>The table.</summary>
    public static readonly ObjectSchema<InitSettings> Table = new("table of first contents", new InitSettings(), [
        SchemaKey<InitSettings>.Of("queues", CommonSchemas.Names, (init, names) => init with { Queues = names }, "Queues.", "none"),
        SchemaKey<InitSettings>.Of("topics", Groups("topics"), (init, topics) => init with { Topics = topics }, "Topics, each with its subscriptions: { orders: [billing, audit] }.", "none"),
        SchemaKey<InitSettings>.Of("event_hubs", Groups("event hubs"), (init, hubs) => init with { EventHubs = hubs }, "Event hubs, each with its consumer groups.", "none"),
        SchemaKey<InitSettings>.Of("containers", CommonSchemas.Names, (init, names) => init with { Containers = names }, "Blob containers.", "none"),
        SchemaKey<InitSettings>.Of("tables", CommonSchemas.Names, (init, names) => init with { Tables = names }, "Tables.", "none"),
        SchemaKey<InitSettings>.Of("databases", CommonSchemas.Names, (init, names) => init with { Databases = names }, "Databases.", "none"),
        SchemaKey<InitSettings>.Of("sql", CommonSchemas.Paths, (init, files) => init with { Sql = files }, "SQL files, run in this order.", "none"),
        SchemaKey<InitSettings>.Of("exec", CommonSchemas.Commands, (init, commands) => init with { Exec = commands }, "Commands that are run in the container.", "none"),
        SchemaKey<InitSettings>.Of("scripts", CommonSchemas.Commands, (init, commands) => init with { Scripts = commands }, "Commands that are run on this machine.", "none"),
    ]);

    // [orders, invoices], or { orders: [billing], invoices: }
    private static FormSchema<IReadOnlyDictionary<string, IReadOnlyList<string>>> Groups(string what) => new(
        $"table of {what}",
        list: new ConvertSchema<IReadOnlyList<string>, IReadOnlyDictionary<string, IReadOnlyList<string>>>(
            CommonSchemas.Names, names => names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => (IReadOnlyList<string>)[], StringComparer.Ordinal)),
        table: new MapSchema<IReadOnlyList<string>>($"table of {what}", new FormSchema<IReadOnlyList<string>>("list of names", text: CommonSchemas.Names, list: CommonSchemas.Names, nothing: () => [])));
}
