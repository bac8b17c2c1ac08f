namespace LocalZure.Engine.Catalog.Services;

/// <summary>The emulator of Azure Event Hubs, which keeps its data in Azurite's blobs and tables.</summary>
internal static class EventHubs
{
    /// <summary>At least one event hub must be there; its namespace takes no other name, and <c>$Default</c> must not be listed.</summary>
    private const string Config = """
        {
          "UserConfig": {
            "NamespaceConfig": [
              {
                "Type": "EventHub",
                "Name": "emulatorNs1",
                "Entities": [
                  {
                    "Name": "eh1",
                    "PartitionCount": 2,
                    "ConsumerGroups": [
                      {
                        "Name": "cg1"
                      }
                    ]
                  }
                ]
              }
            ],
            "LoggingConfig": {
              "Type": "Console"
            }
          }
        }

        """;

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "eventhubs",
        Description = "Azure Event Hubs, with its Kafka endpoint",
        Image = ImageTags.EventHubs,
        License = new LicenseDefinition("the end-user license agreement of the Azure Event Hubs emulator", "https://github.com/Azure/azure-event-hubs-emulator-installer/blob/main/EMULATOR_EULA.md", "ACCEPT_EULA", "Y"),
        MinimumMemoryBytes = 2L << 30,
        Environment = new Dictionary<string, string>
        {
            // Without a port these are Azurite's own, 10000 and 10002.
            ["BLOB_SERVER"] = "{service.storage}",
            ["METADATA_SERVER"] = "{service.storage}",
        },
        Ports =
        [
            new PortDefinition("amqp", 5672, 5672, "Event Hubs over AMQP, without TLS"),
            new PortDefinition("kafka", 9092, 9092, "Event Hubs over the Kafka protocol"),
            new PortDefinition("http", 5300, 5301, "Health over HTTP"),
        ],
        Files = [new FileDefinition("config.json", "/Eventhubs_Emulator/ConfigFiles/Config.json", Config)],
        Probes = MessagingEmulator.Probes,
        TerminalLogLines = [MessagingEmulator.GaveUp],
        StartTimeout = TimeSpan.FromMinutes(3),
        Endpoints = new Dictionary<string, string> { ["amqp"] = "sb://{address}:{port.amqp}", ["kafka"] = "kafka://{address}:{port.kafka}", ["http"] = "http://{address}:{port.http}" },
        ConnectionStrings =
        [
            new("AZURE_EVENTHUB_CONNECTIONSTRING", MessagingEmulator.ConnectionString("amqp")),
            new("ConnectionStrings__eventhubs", MessagingEmulator.ConnectionString("amqp")),
            new("KAFKA_BOOTSTRAP_SERVERS", "{address}:{port.kafka}"),
        ],
        DependsOn = ["storage"],
        Init = new InitDefinition { Messaging = new MessagingInit("config.json", MessagingKind.EventHubs) },
    };
}
