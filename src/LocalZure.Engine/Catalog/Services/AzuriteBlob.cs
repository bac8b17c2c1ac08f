namespace LocalZure.Engine.Catalog.Services;

/// <summary>Azurite's Blob Storage alone.</summary>
internal static class AzuriteBlob
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "blob",
        Description = "Azure Blob Storage (Azurite)",
        Image = ImageTags.Azurite,
        Command = ["azurite-blob", "--blobHost", "0.0.0.0", "--location", Azurite.DataPath, .. Azurite.CommonOptions],
        Ports = [Azurite.BlobPort],
        Volumes = Azurite.Volumes,
        Probes = [Azurite.Probe("blob")],
        StartTimeout = TimeSpan.FromSeconds(60),
        StopLines = ["Azurite Blob service successfully closed"],
        Endpoints = new Dictionary<string, string> { ["blob"] = Azurite.Endpoint("blob") },
        ConnectionStrings = Azurite.ConnectionStrings("blob", "blob"),
        Init = new InitDefinition { Storage = Azurite.Storage with { BlobPort = "blob" } },
        Host = new HostDefinition
        {
            Tool = Azurite.Tool,
            Script = "dist/src/blob/main.js",
            Arguments = ["--blobHost", "{address}", "--blobPort", "{port.blob}", "--location", "{volume.data}", .. Azurite.CommonOptions],
        },
    };
}
