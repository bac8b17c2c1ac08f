using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>Mailpit, which takes every mail and delivers none. It speaks SMTP, not the API of Communication Services.</summary>
internal static class Mail
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "mail",
        Description = "Communication Services e-mail stand-in: Mailpit",
        Image = ImageTags.Mailpit,
        Environment = new Dictionary<string, string> { ["MP_DISABLE_VERSION_CHECK"] = "true" },
        Ports =
        [
            new PortDefinition("smtp", 1025, 1025, "SMTP, without TLS"),
            new PortDefinition("ui", 8025, 8025, "Received mail in the browser, and as an API"),
            new PortDefinition("pop3", 1110, 1110, "POP3, once users are configured for it"),
        ],
        Probes = [new HttpProbeDefinition("ui", "/readyz")],
        StartTimeout = TimeSpan.FromSeconds(30),
        Endpoints = new Dictionary<string, string> { ["smtp"] = "smtp://{address}:{port.smtp}", ["ui"] = "http://{address}:{port.ui}" },
        ConnectionStrings =
        [
            new("SMTP_URL", "smtp://{address}:{port.smtp}"),
            new("ConnectionStrings__mail", "Endpoint=smtp://{address}:{port.smtp}"),
        ],
    };
}
