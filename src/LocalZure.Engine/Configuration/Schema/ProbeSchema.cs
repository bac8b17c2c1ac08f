using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Health;

namespace LocalZure.Engine.Configuration.Schema;

/// <summary>Probes of a service of the user's own.</summary>
internal static class ProbeSchema
{
    /// <summary>An empty port name stands for the only port.</summary>
    private static readonly HttpProbeDefinition AnyHttp = new("", "/");

    private static readonly ObjectSchema<HttpProbeDefinition> Http = new("probe over HTTP", AnyHttp, [
        SchemaKey<HttpProbeDefinition>.Of("path", Scalars.Text, (probe, path) => probe with { Path = path }, "The path that is asked for.", value: "/"),
        SchemaKey<HttpProbeDefinition>.Of("port", Scalars.Text, (probe, port) => probe with { Port = port }, "The name of the port.", "the only port"),
        SchemaKey<HttpProbeDefinition>.Of("status", new ListSchema<StatusRange>("status codes", Scalars.Status, takesOne: true), (probe, status) => probe with { ExpectedStatus = status }, "The status codes that pass, for example 204 or 200-399.", "200-299"),
        SchemaKey<HttpProbeDefinition>.Of("body", Scalars.Pattern, (probe, body) => probe with { ExpectedBody = body }, "A regular expression that must match in the answer.", "any answer"),
        SchemaKey<HttpProbeDefinition>.Of("headers", CommonSchemas.Environment, (probe, headers) => probe with { RequestHeaders = headers }, "Headers of the request.", "none"),
        SchemaKey<HttpProbeDefinition>.Of("https", Scalars.Boolean, (probe, https) => probe with { Https = https, AllowsUntrustedCertificate = https }, "Whether it is HTTPS; a certificate that this machine does not trust will do.", value: "false"),
    ]);

    private static readonly ObjectSchema<ProbeSettings> Table = new("probe", new ProbeSettings(), [
        SchemaKey<ProbeSettings>.Of("http", new FormSchema<HttpProbeDefinition>("probe over HTTP", text: new ConvertSchema<string, HttpProbeDefinition>(Scalars.Text, path => AnyHttp with { Path = path }), table: Http), (probe, http) => probe.With(http), "An HTTP request that must be answered: a path, or a table."),
        SchemaKey<ProbeSettings>.Of("tcp", Scalars.Text, (probe, port) => probe.With(new TcpProbeDefinition(port)), "The name of a port that must accept connections."),
        SchemaKey<ProbeSettings>.Of("exec", CommonSchemas.Texts, (probe, command) => probe.With(new ExecProbeDefinition(command)), "A command in the container that must end with exit code 0."),
        SchemaKey<ProbeSettings>.Of("log", Scalars.Pattern, (probe, pattern) => probe.With(new LogProbeDefinition(pattern)), "A regular expression that must match a line of the log."),
        SchemaKey<ProbeSettings>.Of("docker", Scalars.Boolean, (probe, yes) => yes ? probe.With(new DockerProbeDefinition()) : probe, "Whether the image's own HEALTHCHECK must say healthy."),
        SchemaKey<ProbeSettings>.Of("process", Scalars.Time, (probe, time) => probe.With(new ProcessProbeDefinition(time)), "How long the host process or container must have run."),
        SchemaKey<ProbeSettings>.Of("passes", Scalars.Count, (probe, passes) => probe with { Passes = passes }, "How often in a row it must pass, 250 ms apart.", value: "1"),
        SchemaKey<ProbeSettings>.Of("timeout", Scalars.Time, (probe, time) => probe with { Timeout = time }, "How long one look may take.", value: "5s"),
    ]);

    /// <summary>A list of probes.</summary>
    public static readonly ListSchema<ProbeDefinition> List = new("probes", new ConvertSchema<ProbeSettings, ProbeDefinition>(Table, probe => probe.ToProbe()));
}
