using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>The Azure Functions host. The app comes from a folder that the user mounts at <c>/home/site/wwwroot</c>.</summary>
internal static class Functions
{
    private const string Storage =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=" + Azurite.Key + ";" +
        "BlobEndpoint=http://{service.storage}:{service.storage.blob}/devstoreaccount1;" +
        "QueueEndpoint=http://{service.storage}:{service.storage.queue}/devstoreaccount1;" +
        "TableEndpoint=http://{service.storage}:{service.storage.table}/devstoreaccount1;";

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "functions",
        Description = "Azure Functions host (isolated .NET 8)",
        Image = ImageTags.Functions,
        Platforms = ["linux/amd64"],
        Environment = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = Storage,
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureFunctionsJobHost__Logging__Console__IsEnabled"] = "true",
        },
        Ports = [new PortDefinition("functions", 80, 7071, "HTTP triggers and administration")],

        // Needs no key, unlike the status of the host.
        Probes = [new HttpProbeDefinition("functions", "/admin/host/ping")],
        StartTimeout = TimeSpan.FromMinutes(2),
        Endpoints = new Dictionary<string, string> { ["functions"] = "http://{address}:{port.functions}" },
        ConnectionStrings =
        [
            new("FUNCTIONS_BASE_URL", "http://{address}:{port.functions}"),
            new("ConnectionStrings__functions", "http://{address}:{port.functions}"),
        ],
        DependsOn = ["storage"],
    };
}
