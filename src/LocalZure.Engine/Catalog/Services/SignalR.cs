using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>The emulator of Azure SignalR Service: serverless mode only.</summary>
internal static class SignalR
{
    /// <summary>The key is the emulator's own, the same everywhere.</summary>
    private const string ConnectionString = "Endpoint=http://{address}:{port.signalr};AccessKey=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH;Version=1.0;";

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "signalr",
        Description = "Azure SignalR Service, serverless mode",
        Image = ImageTags.SignalR,
        Ports = [new PortDefinition("signalr", 8888, 8888, "SignalR Service over HTTP")],
        Probes = [new HttpProbeDefinition("signalr", "/api/health")],
        StartTimeout = TimeSpan.FromSeconds(60),
        Endpoints = new Dictionary<string, string> { ["signalr"] = "http://{address}:{port.signalr}" },
        ConnectionStrings =
        [
            new("AzureSignalRConnectionString", ConnectionString),
            new("AZURE_SIGNALR_CONNECTIONSTRING", ConnectionString),
            new("ConnectionStrings__signalr", ConnectionString),
        ],
    };
}
