using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>The emulator of Azure App Configuration. Without any way to sign in it takes no request, so that anonymous use is turned on.</summary>
internal static class AppConfiguration
{
    /// <summary>Clients insist on an id and a secret; the emulator looks at neither.</summary>
    private const string ConnectionString = "Endpoint=http://{address}:{port.appconfig};Id=anonymous;Secret=abcdefghijklmnopqrstuvwxyz1234567890;Anonymous=True";

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "appconfig",
        Description = "Azure App Configuration",
        Image = ImageTags.AppConfiguration,
        Environment = new Dictionary<string, string>
        {
            ["Tenant:AnonymousAuthEnabled"] = "true",
            ["Authentication:Anonymous:AnonymousUserRole"] = "Owner",
        },
        Ports = [new PortDefinition("appconfig", 8483, 8483, "App Configuration and its web page over HTTP")],
        Volumes = [new VolumeDefinition("data", "/app/.aace")],

        // The path is there from 1.2.0 on; before, every unknown path was the web page.
        Probes = [new HttpProbeDefinition("appconfig", "/health"), new HttpProbeDefinition("appconfig", "/kv?api-version=1.0")],
        StartTimeout = TimeSpan.FromSeconds(60),
        Endpoints = new Dictionary<string, string> { ["appconfig"] = "http://{address}:{port.appconfig}" },
        ConnectionStrings =
        [
            new("AZURE_APPCONFIGURATION_CONNECTIONSTRING", ConnectionString),
            new("ConnectionStrings__appconfig", ConnectionString),
        ],
    };
}
