using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>
/// What the emulators of Service Bus and Event Hubs share. Sources: their installer repositories for variables, ports and files;
/// issues 69 and 70 of azure-event-hubs-emulator-installer for a health that comes too early and for giving up.
/// </summary>
internal static class MessagingEmulator
{
    /// <summary>The key that every client passes and no emulator checks.</summary>
    private const string Key = "SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";

    /// <summary>After three failed looks at its storage it gives up and goes on running. The looks before say "Retry 1 encountered an exception: Emulator Health Check failed..".</summary>
    public const string GaveUp = @"An error occurred: Emulator Health Check failed";

    /// <summary>Health alone was seen to say yes too early; the image has no shell to look from inside.</summary>
    public static readonly IReadOnlyList<ProbeDefinition> Probes =
    [
        new LogProbeDefinition("Emulator Service is Successfully Up!"),
        new HttpProbeDefinition("http", "/health"),
    ];

    /// <summary>The connection string template through a port.</summary>
    public static string ConnectionString(string port) => $"Endpoint=sb://{{address}}:{{port.{port}}};{Key}";
}
