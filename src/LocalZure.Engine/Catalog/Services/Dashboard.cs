using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>The Aspire dashboard, a viewer for OpenTelemetry: what Azure Monitor would show.</summary>
internal static class Dashboard
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "dashboard",
        Description = "Azure Monitor stand-in: Aspire dashboard for OpenTelemetry",
        Image = ImageTags.AspireDashboard,
        Environment = new Dictionary<string, string> { ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true" },
        Ports =
        [
            new PortDefinition("ui", 18888, 18888, "Dashboard in the browser"),
            new PortDefinition("otlp-grpc", 18889, 4317, "OpenTelemetry over gRPC, at the port that exporters expect"),
            new PortDefinition("otlp-http", 18890, 4318, "OpenTelemetry over HTTP, at the port that exporters expect"),
        ],

        // Answers without a login in every configuration.
        Probes = [new HttpProbeDefinition("ui", "/health")],
        StartTimeout = TimeSpan.FromSeconds(60),
        Endpoints = new Dictionary<string, string>
        {
            ["ui"] = "http://{address}:{port.ui}",
            ["otlp-grpc"] = "http://{address}:{port.otlp-grpc}",
            ["otlp-http"] = "http://{address}:{port.otlp-http}",
        },
        ConnectionStrings =
        [
            new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://{address}:{port.otlp-grpc}"),
            new("ConnectionStrings__dashboard", "http://{address}:{port.otlp-grpc}"),
        ],
    };
}
