namespace LocalZure.Engine.Catalog.Services;

/// <summary>The emulator of Azure Service Bus, which keeps its data in SQL Server.</summary>
internal static class ServiceBus
{
    /// <summary>No entities: the administration client of .NET makes them, and so does a file of the user's own.</summary>
    private const string Config = """
        {
          "UserConfig": {
            "Namespaces": [
              {
                "Name": "sbemulatorns",
                "Queues": [],
                "Topics": []
              }
            ],
            "Logging": {
              "Type": "Console"
            }
          }
        }

        """;

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "servicebus",
        Description = "Azure Service Bus",
        Image = ImageTags.ServiceBus,
        License = new LicenseDefinition("the end-user license agreement of the Azure Service Bus emulator", "https://github.com/Azure/azure-service-bus-emulator-installer/blob/main/EMULATOR_EULA.txt", "ACCEPT_EULA", "Y"),
        MinimumMemoryBytes = 2L << 30,
        Environment = new Dictionary<string, string>
        {
            ["SQL_SERVER"] = "{service.sql}",
            ["MSSQL_SA_PASSWORD"] = "{secret.sql.password}",

            // SQL Server is ready before this is started.
            ["SQL_WAIT_INTERVAL"] = "0",
        },
        Ports =
        [
            new PortDefinition("amqp", 5672, 5672, "Service Bus over AMQP, without TLS"),
            new PortDefinition("http", 5300, 5300, "Health and administration over HTTP"),
        ],
        Files = [new FileDefinition("config.json", "/ServiceBus_Emulator/ConfigFiles/Config.json", Config)],
        Probes = MessagingEmulator.Probes,
        TerminalLogLines = [MessagingEmulator.GaveUp],
        StartTimeout = TimeSpan.FromMinutes(3),
        Endpoints = new Dictionary<string, string> { ["amqp"] = "sb://{address}:{port.amqp}", ["http"] = "http://{address}:{port.http}" },
        ConnectionStrings =
        [
            new("AZURE_SERVICEBUS_CONNECTIONSTRING", MessagingEmulator.ConnectionString("amqp")),
            new("ConnectionStrings__servicebus", MessagingEmulator.ConnectionString("amqp")),
            new("SERVICEBUS_ADMINISTRATION_CONNECTIONSTRING", MessagingEmulator.ConnectionString("http")),
        ],
        DependsOn = ["sql"],
        Init = new InitDefinition { Messaging = new MessagingInit("config.json", MessagingKind.ServiceBus) },
    };
}
