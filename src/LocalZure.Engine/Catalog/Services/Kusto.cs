using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>The emulator of Azure Data Explorer. It needs a processor with AVX2.</summary>
internal static class Kusto
{
    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "kusto",
        Description = "Azure Data Explorer (Kusto)",
        Image = ImageTags.Kusto,
        Platforms = ["linux/amd64"],
        License = new LicenseDefinition("the license terms of the Kusto emulator", "https://aka.ms/adx.emulator.license", "ACCEPT_EULA", "Y"),
        MinimumMemoryBytes = 2L << 30,
        Ports = [new PortDefinition("kusto", 8080, 8090, "Kusto queries over HTTP")],
        Volumes = [new VolumeDefinition("data", "/kustodata/dbs")],

        // A query that needs no database of one's own. 405 is what a version answers that takes queries by POST alone: it serves then.
        Probes =
        [
            new HttpProbeDefinition("kusto", "/v1/rest/query?db=NetDefaultDB&csl=print%201") { ExpectedStatus = [new StatusRange(200, 299), StatusRange.Exactly(405)], Passes = 2 },
        ],
        StartTimeout = TimeSpan.FromMinutes(3),
        StopGrace = TimeSpan.FromSeconds(30),
        Endpoints = new Dictionary<string, string> { ["kusto"] = "http://{address}:{port.kusto}" },
        ConnectionStrings =
        [
            new("KUSTO_CONNECTIONSTRING", "Data Source=http://{address}:{port.kusto};Initial Catalog=NetDefaultDB"),
            new("ConnectionStrings__kusto", "Data Source=http://{address}:{port.kusto};Initial Catalog=NetDefaultDB"),
        ],
    };
}
