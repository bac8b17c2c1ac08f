namespace LocalZure.Engine.Catalog.Services;

/// <summary>Azurite's Queue Storage alone.</summary>
internal static class AzuriteQueue
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "queue",
        Description = "Azure Queue Storage (Azurite)",
        Image = ImageTags.Azurite,
        Command = ["azurite-queue", "--queueHost", "0.0.0.0", "--location", Azurite.DataPath, .. Azurite.CommonOptions],
        Ports = [Azurite.QueuePort],
        Volumes = Azurite.Volumes,
        Probes = [Azurite.Probe("queue")],
        StartTimeout = TimeSpan.FromSeconds(60),
        StopLines = ["Azurite Queue service successfully closed"],
        Endpoints = new Dictionary<string, string> { ["queue"] = Azurite.Endpoint("queue") },
        ConnectionStrings = Azurite.ConnectionStrings("queue", "queue"),
        Init = new InitDefinition { Storage = Azurite.Storage with { QueuePort = "queue" } },
        Host = new HostDefinition
        {
            Tool = Azurite.Tool,
            Script = "dist/src/queue/main.js",
            Arguments = ["--queueHost", "{address}", "--queuePort", "{port.queue}", "--location", "{volume.data}", .. Azurite.CommonOptions],
        },
    };
}
