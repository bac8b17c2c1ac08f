using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>
/// What the four Azurite services share. Sources: Azurite's README for options, account and connection strings; the
/// answers to unsigned requests and the closing lines were measured with 3.35.0 and 3.37.0.
/// </summary>
internal static class Azurite
{
    /// <summary>The name of the host tool.</summary>
    public const string Tool = "azurite";

    /// <summary>The folder of the image that is declared as its volume.</summary>
    public const string DataPath = "/data";

    /// <summary>Public in Azurite's README: the same for every installation.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string Account = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};";

    /// <summary>
    /// Options of every Azurite command: new SDKs send API versions that Azurite does not know yet, and an unknown one is
    /// a 400 without the first; the second keeps it from phoning home, which is on by default since 3.34.0.
    /// </summary>
    public static readonly IReadOnlyList<string> CommonOptions = ["--skipApiVersionCheck", "--disableTelemetry"];

    /// <summary>The data volume.</summary>
    public static readonly IReadOnlyList<VolumeDefinition> Volumes = [new("data", DataPath)];

    /// <summary>Blob Storage's port.</summary>
    public static readonly PortDefinition BlobPort = new("blob", 10000, 10000, "Blob Storage over HTTP");

    /// <summary>The account, of which a service of Azurite has the ports that are named.</summary>
    public static readonly StorageInit Storage = new("devstoreaccount1", Key);

    /// <summary>Queue Storage's port.</summary>
    public static readonly PortDefinition QueuePort = new("queue", 10001, 10001, "Queue Storage over HTTP");

    /// <summary>Table Storage's port.</summary>
    public static readonly PortDefinition TablePort = new("table", 10002, 10002, "Table Storage over HTTP");

    /// <summary>
    /// There is no health endpoint: an unsigned request is refused with 400, but every answer names its server, for example
    /// <c>Server: Azurite-Blob/3.37.0</c>, which tells Azurite from another program on the port.
    /// </summary>
    /// <param name="port">The port's name.</param>
    public static ProbeDefinition Probe(string port) => new HttpProbeDefinition(port, "/")
    {
        ExpectedHeader = "Server",
        ExpectedHeaderPrefix = $"Azurite-{char.ToUpperInvariant(port[0])}{port[1..]}/",
    };

    /// <summary>The endpoint template of a port.</summary>
    public static string Endpoint(string port) => $"http://{{address}}:{{port.{port}}}/devstoreaccount1";

    /// <summary>The connection string under the names that Azure tools and SDK samples, the Functions host and Aspire read.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="ports">The names of the ports to put into it.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> ConnectionStrings(string service, params string[] ports)
    {
        var text = Account + string.Concat(ports.Select(port => $"{char.ToUpperInvariant(port[0])}{port[1..]}Endpoint={Endpoint(port)};"));
        return
        [
            new("AZURE_STORAGE_CONNECTION_STRING", text),
            new("AzureWebJobsStorage", text),
            new($"ConnectionStrings__{service}", text),
        ];
    }
}
