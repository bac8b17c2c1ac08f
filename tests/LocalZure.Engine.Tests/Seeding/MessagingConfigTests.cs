using System.Text.Json.Nodes;
using LocalZure.Engine.Catalog;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Tests.Seeding;

public sealed class MessagingConfigTests
{
    [Fact]
    public void ServiceBus_QueuesAndTopics_AreInTheFile()
    {
        var content = new InitContent { Queues = ["orders"], Topics = new Dictionary<string, IReadOnlyList<string>> { ["news"] = ["web", "app"] } };

        const string queueProperties = """{"DeadLetteringOnMessageExpiration":false,"DefaultMessageTimeToLive":"PT1H","LockDuration":"PT1M","MaxDeliveryCount":10,"RequiresSession":false""";
        const string duplicates = "\"DuplicateDetectionHistoryTimeWindow\":\"PT20S\",\"RequiresDuplicateDetection\":false}";
        AssertJson(
            "{\"UserConfig\":{\"Namespaces\":[{\"Name\":\"sbemulatorns\",\"Queues\":[{\"Name\":\"orders\",\"Properties\":" + queueProperties + "," + duplicates + "}],"
            + "\"Topics\":[{\"Name\":\"news\",\"Properties\":{\"DefaultMessageTimeToLive\":\"PT1H\"," + duplicates
            + ",\"Subscriptions\":[{\"Name\":\"web\",\"Properties\":" + queueProperties + "}},{\"Name\":\"app\",\"Properties\":" + queueProperties + "}}]}]}],\"Logging\":{\"Type\":\"Console\"}}}",
            MessagingConfig.ServiceBus(content));
    }

    [Fact]
    public void EventHubs_Hubs_AreInTheFileWithoutTheDefaultGroup()
    {
        var content = new InitContent { EventHubs = new Dictionary<string, IReadOnlyList<string>> { ["telemetry"] = ["$Default", "cg"], ["empty"] = [] } };

        AssertJson(
            """{"UserConfig":{"NamespaceConfig":[{"Type":"EventHub","Name":"emulatorNs1","Entities":[{"Name":"telemetry","PartitionCount":2,"ConsumerGroups":[{"Name":"cg"}]},{"Name":"empty","PartitionCount":2,"ConsumerGroups":[]}]}],"LoggingConfig":{"Type":"Console"}}}""",
            MessagingConfig.EventHubs(content));
    }

    [Fact]
    public void FilesOf_NoEntities_LeavesTheFiles()
    {
        var definition = ServiceCatalog.Get("servicebus");

        Assert.Same(definition.Files, MessagingConfig.FilesOf(definition, new InitContent { Scripts = [["a"]] }));
        var file = Assert.Single(MessagingConfig.FilesOf(definition, new InitContent { Queues = ["orders"] }));
        Assert.Equal((definition.Files[0].Name, definition.Files[0].Path), (file.Name, file.Path));
        Assert.Contains("\"Name\": \"orders\"", file.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_Files_HaveTheFileThatMessagingNames() => Assert.All(
        ServiceCatalog.All.Where(definition => definition.Init?.Messaging is not null),
        definition => Assert.Contains(definition.Files, file => file.Name == definition.Init!.Messaging!.File));

    private static void AssertJson(string expected, string actual) => Assert.Equal(expected, JsonNode.Parse(actual)!.ToJsonString());
}
