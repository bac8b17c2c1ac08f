namespace LocalZure.Engine.Health;

/// <summary>An HTTP request to a port of the service. Every expectation that is set must be met.</summary>
/// <param name="Port">The port's name.</param>
/// <param name="Path">The path, with a leading slash.</param>
internal sealed record HttpProbeDefinition(string Port, string Path) : ProbeDefinition
{
    /// <summary>A header that the answer must carry; null for none.</summary>
    public string? ExpectedHeader { get; init; }

    /// <summary>What the header's value must begin with.</summary>
    public string ExpectedHeaderPrefix { get; init; } = "";

    /// <summary>The status codes that pass. Empty takes any status when a header is expected, else 2xx.</summary>
    public IReadOnlyList<StatusRange> ExpectedStatus { get; init; } = [];

    /// <summary>A regular expression that must match somewhere in the first 64 KiB of the body; null leaves the body unread.</summary>
    public string? ExpectedBody { get; init; }

    /// <summary>Headers of the request. Never shown, since they may authorize.</summary>
    public IReadOnlyDictionary<string, string> RequestHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is HTTPS.</summary>
    public bool Https { get; init; }

    /// <summary>Whether a certificate that this machine does not trust will do. Only heeded on a loopback address.</summary>
    public bool AllowsUntrustedCertificate { get; init; }
}
