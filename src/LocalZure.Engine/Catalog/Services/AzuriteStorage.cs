namespace LocalZure.Engine.Catalog.Services;

/// <summary>Azurite with all three of its services in one process.</summary>
internal static class AzuriteStorage
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "storage",
        Description = "Azure Storage: Blob, Queue and Table (Azurite)",
        Image = ImageTags.Azurite,
        Command =
        [
            "azurite", "--blobHost", "0.0.0.0", "--queueHost", "0.0.0.0", "--tableHost", "0.0.0.0",
            "--location", Azurite.DataPath, .. Azurite.CommonOptions,
        ],
        Ports = [Azurite.BlobPort, Azurite.QueuePort, Azurite.TablePort],
        Volumes = Azurite.Volumes,
        Probes = [Azurite.Probe("blob"), Azurite.Probe("queue"), Azurite.Probe("table")],
        StartTimeout = TimeSpan.FromSeconds(60),
        StopLines =
        [
            "Azurite Blob service successfully closed",
            "Azurite Queue service successfully closed",
            "Azurite Table service successfully closed",
        ],
        Endpoints = new Dictionary<string, string>
        {
            ["blob"] = Azurite.Endpoint("blob"),
            ["queue"] = Azurite.Endpoint("queue"),
            ["table"] = Azurite.Endpoint("table"),
        },
        ConnectionStrings = Azurite.ConnectionStrings("storage", "blob", "queue", "table"),
        Init = new InitDefinition { Storage = Azurite.Storage with { BlobPort = "blob", QueuePort = "queue", TablePort = "table" } },
        Host = new HostDefinition
        {
            Tool = Azurite.Tool,
            Script = "dist/src/azurite.js",
            Arguments =
            [
                "--blobHost", "{address}", "--blobPort", "{port.blob}",
                "--queueHost", "{address}", "--queuePort", "{port.queue}",
                "--tableHost", "{address}", "--tablePort", "{port.table}",
                "--location", "{volume.data}", .. Azurite.CommonOptions,
            ],
        },
    };
}
