using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>What is made in a service once, when its data is fresh.</summary>
internal static class InitSchema
{
    /// <summary>The table.</summary>
    public static readonly ObjectSchema<InitContent> Table = new("table of first contents", new InitContent(), [
        SchemaKey<InitContent>.Of("queues", CommonSchemas.Names, (init, names) => init with { Queues = names }, "Queues.", "none"),
        SchemaKey<InitContent>.Of("topics", Groups("topics"), (init, topics) => init with { Topics = topics }, "Topics, each with its subscriptions: { orders: [billing, audit] }.", "none"),
        SchemaKey<InitContent>.Of("event_hubs", Groups("event hubs"), (init, hubs) => init with { EventHubs = hubs }, "Event hubs, each with its consumer groups.", "none"),
        SchemaKey<InitContent>.Of("containers", CommonSchemas.Names, (init, names) => init with { Containers = names }, "Blob containers.", "none"),
        SchemaKey<InitContent>.Of("tables", CommonSchemas.Names, (init, names) => init with { Tables = names }, "Tables.", "none"),
        SchemaKey<InitContent>.Of("databases", CommonSchemas.Names, (init, names) => init with { Databases = names }, "Databases.", "none"),
        SchemaKey<InitContent>.Of("sql", CommonSchemas.Paths, (init, files) => init with { Sql = files }, "SQL files, run in this order.", "none"),
        SchemaKey<InitContent>.Of("exec", CommonSchemas.Commands, (init, commands) => init with { Exec = commands }, "Commands that are run in the container.", "none"),
        SchemaKey<InitContent>.Of("scripts", CommonSchemas.Commands, (init, commands) => init with { Scripts = commands }, "Commands that are run on this machine.", "none"),
    ]);

    // [orders, invoices], or { orders: [billing], invoices: }
    private static FormSchema<IReadOnlyDictionary<string, IReadOnlyList<string>>> Groups(string what) => new(
        $"table of {what}",
        list: new ConvertSchema<IReadOnlyList<string>, IReadOnlyDictionary<string, IReadOnlyList<string>>>(
            CommonSchemas.Names, names => names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => (IReadOnlyList<string>)[], StringComparer.Ordinal)),
        table: new MapSchema<IReadOnlyList<string>>($"table of {what}", new FormSchema<IReadOnlyList<string>>("list of names", text: CommonSchemas.Names, list: CommonSchemas.Names, nothing: () => [])));
}
