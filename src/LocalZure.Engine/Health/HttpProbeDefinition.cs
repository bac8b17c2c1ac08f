namespace LocalZure.Engine.Health;

/// <summary>An HTTP request to a port of the service.</summary>
/// <param name="Port">The port's name.</param>
/// <param name="Path">The path, with a leading slash.</param>
internal sealed record HttpProbeDefinition(string Port, string Path) : ProbeDefinition
{
    /// <summary>A header that the answer must carry; null asks for a 2xx status instead.</summary>
    public string? ExpectedHeader { get; init; }

    /// <summary>What the header's value must begin with.</summary>
    public string ExpectedHeaderPrefix { get; init; } = "";
}
