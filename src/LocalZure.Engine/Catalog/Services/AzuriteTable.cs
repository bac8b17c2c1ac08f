namespace LocalZure.Engine.Catalog.Services;

/// <summary>Azurite's Table Storage alone.</summary>
internal static class AzuriteTable
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "table",
        Description = "Azure Table Storage (Azurite)",
        Image = ImageTags.Azurite,
        Command = ["azurite-table", "--tableHost", "0.0.0.0", "--location", Azurite.DataPath, .. Azurite.CommonOptions],
        Ports = [Azurite.TablePort],
        Volumes = Azurite.Volumes,
        Probes = [Azurite.Probe("table")],
        StartTimeout = TimeSpan.FromSeconds(60),

        // azurite-table listens to SIGINT only; as the first process of a container it would sit out the whole grace
        // period on SIGTERM.
        StopSignal = "SIGINT",
        StopLines = ["Azurite Table service successfully closed"],
        Endpoints = new Dictionary<string, string> { ["table"] = Azurite.Endpoint("table") },
        ConnectionStrings = Azurite.ConnectionStrings("table", "table"),
        Init = new InitDefinition { Storage = Azurite.Storage with { TablePort = "table" } },
        Host = new HostDefinition
        {
            Tool = Azurite.Tool,
            Script = "dist/src/table/main.js",
            Arguments = ["--tableHost", "{address}", "--tablePort", "{port.table}", "--location", "{volume.data}", .. Azurite.CommonOptions],
        },
    };
}
