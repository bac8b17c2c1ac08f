using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Seeding;

/// <summary>Finds what of an init content a service cannot make, before anything is started.</summary>
internal static class InitCheck
{
    /// <summary>The most queues and topics that the Service Bus emulator takes, together; also the most subscriptions of a topic.</summary>
    private const int MostEntities = 50;

    private const int MostEventHubs = 10;
    private const int MostConsumerGroups = 20;

    /// <summary>What is wrong, one sentence each that begins with the key under <c>init</c>; empty when nothing is.</summary>
    public static IReadOnlyList<string> Flaws(ServiceDefinition definition, InitContent content) =>
    [
        .. Unsupported(definition, content),
        .. Repeated(content),
        .. BadNames(definition, content),
        .. definition.Init?.Messaging?.Kind switch
        {
            MessagingKind.ServiceBus => ServiceBusLimits(content),
            MessagingKind.EventHubs => EventHubLimits(content),
            _ => [],
        },
        .. content.Sql.Where(file => !File.Exists(file)).Select(file => $"sql: there is no file '{file}'."),
        .. content.Exec.Where(command => command is [] or [""]).Select(_ => "exec: a command is empty."),
        .. content.Scripts.Where(command => command is [] or [""]).Select(_ => "scripts: a command is empty."),
    ];

    /// <summary>Refuses what only containers can do.</summary>
    /// <param name="service">The service, for the message.</param>
    /// <param name="instance">Its instance; null for the unnamed one.</param>
    /// <param name="content">What is wanted; null for nothing.</param>
    /// <exception cref="LocalZureException">HostModeUnsupported.</exception>
    public static void CheckHostMode(string service, string? instance, InitContent? content)
    {
        if (content?.Exec.Count > 0)
        {
            throw new LocalZureException(
                ErrorCode.HostModeUnsupported,
                $"{service} runs as a host process, and init.exec runs commands in a container.",
                "Name the commands under init.scripts, which are run on this machine in both modes, or start Docker and use -Mode Docker.")
            { Service = service, Instance = instance };
        }
    }

    private static IEnumerable<string> Unsupported(ServiceDefinition definition, InitContent content)
    {
        var init = definition.Init ?? new InitDefinition();
        var isServiceBus = init.Messaging?.Kind == MessagingKind.ServiceBus;
        (string Key, bool IsWanted, bool IsPossible)[] wishes =
        [
            ("queues", content.Queues.Count > 0, isServiceBus || init.Storage?.QueuePort is not null),
            ("topics", content.Topics.Count > 0, isServiceBus),
            ("event_hubs", content.EventHubs.Count > 0, init.Messaging?.Kind == MessagingKind.EventHubs),
            ("containers", content.Containers.Count > 0, init.Storage?.BlobPort is not null),
            ("tables", content.Tables.Count > 0, init.Storage?.TablePort is not null),
            ("databases", content.Databases.Count > 0, init.Sql is not null || init.Cosmos is not null),
            ("sql", content.Sql.Count > 0, init.Sql is not null),
        ];
        var possible = wishes.Where(wish => wish.IsPossible).Select(wish => wish.Key).Concat(["exec", "scripts"]).ToList();
        return wishes.Where(wish => wish.IsWanted && !wish.IsPossible)
            .Select(wish => $"{wish.Key}: {definition.Name} has none; it takes {string.Join(", ", possible.SkipLast(1))} and {possible[^1]}.");
    }

    // Azure compares the names of entities without regard to case, and the name of a container or queue has small letters anyway.
    private static IEnumerable<string> Repeated(InitContent content)
    {
        (string Key, IEnumerable<string> Names)[] lists =
        [
            ("queues", content.Queues.Concat(content.Topics.Keys)),
            ("event_hubs", content.EventHubs.Keys),
            ("containers", content.Containers),
            ("tables", content.Tables),
            ("databases", content.Databases),
            .. content.Topics.Select(topic => ($"topics.{topic.Key}", topic.Value.AsEnumerable())),
            .. content.EventHubs.Select(hub => ($"event_hubs.{hub.Key}", hub.Value.AsEnumerable())),
        ];
        return lists.SelectMany(list => list.Names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"{list.Key}: '{group.Key}' is there more than once."));
    }

    private static IEnumerable<string> BadNames(ServiceDefinition definition, InitContent content) =>
    [
        .. definition.Init?.Messaging is null
            ? InitNames.Flaws("queues", content.Queues, InitNames.Queue)
            : InitNames.Flaws("queues", content.Queues, InitNames.Entity),
        .. InitNames.Flaws("topics", content.Topics.Keys, InitNames.Entity),
        .. content.Topics.SelectMany(topic => InitNames.Flaws($"topics.{topic.Key}", topic.Value, InitNames.Group)),
        .. InitNames.Flaws("event_hubs", content.EventHubs.Keys, InitNames.EventHub),
        .. content.EventHubs.SelectMany(hub => InitNames.Flaws($"event_hubs.{hub.Key}", MessagingConfig.GroupsOf(hub.Value), InitNames.Group)),
        .. InitNames.Flaws("containers", content.Containers, InitNames.Container),
        .. InitNames.Flaws("tables", content.Tables, InitNames.Table),
        .. definition.Init switch
        {
            { Sql: { } sql } => InitNames.Flaws("databases", content.Databases, InitNames.Database(sql.LongestName)),
            { Cosmos: not null } => InitNames.Flaws("databases", content.Databases, InitNames.CosmosDatabase),
            _ => [],
        },
    ];

    private static IEnumerable<string> ServiceBusLimits(InitContent content)
    {
        if (content.Queues.Count + content.Topics.Count > MostEntities)
        {
            yield return $"queues: the emulator takes at most {MostEntities} queues and topics together.";
        }

        foreach (var (topic, subscriptions) in content.Topics)
        {
            if (subscriptions.Count is 0 or > MostEntities)
            {
                yield return $"topics.{topic}: a topic has 1 to {MostEntities} subscriptions in the emulator, this one {subscriptions.Count}.";
            }
        }
    }

    private static IEnumerable<string> EventHubLimits(InitContent content)
    {
        if (content.EventHubs.Count > MostEventHubs)
        {
            yield return $"event_hubs: the emulator takes at most {MostEventHubs} event hubs.";
        }

        foreach (var (hub, groups) in content.EventHubs.Where(hub => MessagingConfig.GroupsOf(hub.Value).Count() > MostConsumerGroups))
        {
            yield return $"event_hubs.{hub}: an event hub has at most {MostConsumerGroups} consumer groups, this one {groups.Count}.";
        }
    }
}
