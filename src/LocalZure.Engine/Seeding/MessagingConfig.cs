using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Seeding;

/// <summary>
/// Writes the file by which the emulators of Service Bus and Event Hubs are told their entities before they start. Sources: the JSON schemas
/// in their installer repositories for keys and defaults.
/// </summary>
internal static class MessagingConfig
{
    private const int Partitions = 2;

    // Relaxed: names have nothing to escape, and a person may read the file.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The files of a definition, with the entities that are wanted in the one that tells them; all as they are when none is wanted.</summary>
    public static IReadOnlyList<FileDefinition> FilesOf(ServiceDefinition definition, InitContent content) =>
        definition.Init?.Messaging is not { } messaging || content.Queues.Count + content.Topics.Count + content.EventHubs.Count == 0
            ? definition.Files
            : definition.Files.Select(file => file.Name == messaging.File ? file with { Content = messaging.Config(content) } : file).ToList();

    /// <summary>The file of Service Bus: queues, and topics with their subscriptions, which get every message.</summary>
    public static string ServiceBus(InitContent content) => Write(json =>
    {
        json.WriteStartArray("Namespaces");
        json.WriteStartObject();
        json.WriteString("Name", "sbemulatorns");
        WriteArray(json, "Queues", content.Queues, queue => WriteEntity(json, queue, () => WriteQueueProperties(json, detectsDuplicates: true)));
        WriteArray(json, "Topics", content.Topics.Keys, topic => WriteEntity(
            json,
            topic,
            () => WriteTopicProperties(json),
            () => WriteArray(json, "Subscriptions", content.Topics[topic], name => WriteEntity(json, name, () => WriteQueueProperties(json, detectsDuplicates: false)))));
        json.WriteEndObject();
        json.WriteEndArray();
        WriteLogging(json, "Logging");
    });

    /// <summary>The file of Event Hubs. <c>$Default</c> is left out of the consumer groups: it is made by itself, and an error in the file.</summary>
    public static string EventHubs(InitContent content) => Write(json =>
    {
        json.WriteStartArray("NamespaceConfig");
        json.WriteStartObject();
        json.WriteString("Type", "EventHub");
        json.WriteString("Name", "emulatorNs1");
        WriteArray(json, "Entities", content.EventHubs.Keys, hub => WriteEntity(
            json,
            hub,
            () => json.WriteNumber("PartitionCount", Partitions),
            () => WriteArray(json, "ConsumerGroups", GroupsOf(content.EventHubs[hub]), group => WriteEntity(json, group))));
        json.WriteEndObject();
        json.WriteEndArray();
        WriteLogging(json, "LoggingConfig");
    });

    /// <summary>The consumer groups that have to be made.</summary>
    public static IEnumerable<string> GroupsOf(IEnumerable<string> groups) => groups.Where(group => !string.Equals(group, "$Default", StringComparison.OrdinalIgnoreCase));

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("UserConfig");
            write(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n") + "\n";
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> items, Action<string> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    private static void WriteEntity(Utf8JsonWriter json, string name, params Action[] rest)
    {
        json.WriteStartObject();
        json.WriteString("Name", name);
        foreach (var write in rest)
        {
            write();
        }

        json.WriteEndObject();
    }

    // The defaults of the schema, but for as many deliveries as in Azure, which is also the most that is allowed.
    private static void WriteQueueProperties(Utf8JsonWriter json, bool detectsDuplicates)
    {
        json.WriteStartObject("Properties");
        json.WriteBoolean("DeadLetteringOnMessageExpiration", false);
        json.WriteString("DefaultMessageTimeToLive", "PT1H");
        json.WriteString("LockDuration", "PT1M");
        json.WriteNumber("MaxDeliveryCount", 10);
        json.WriteBoolean("RequiresSession", false);
        if (detectsDuplicates)
        {
            WriteDuplicates(json);
        }

        json.WriteEndObject();
    }

    private static void WriteTopicProperties(Utf8JsonWriter json)
    {
        json.WriteStartObject("Properties");
        json.WriteString("DefaultMessageTimeToLive", "PT1H");
        WriteDuplicates(json);
        json.WriteEndObject();
    }

    private static void WriteDuplicates(Utf8JsonWriter json)
    {
        json.WriteString("DuplicateDetectionHistoryTimeWindow", "PT20S");
        json.WriteBoolean("RequiresDuplicateDetection", false);
    }

    private static void WriteLogging(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteString("Type", "Console");
        json.WriteEndObject();
    }
}
