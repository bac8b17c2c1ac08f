namespace LocalZure.Engine.Docker.Wire;

/// <summary>The host's side of a published port.</summary>
internal sealed record PortBindingBody
{
    public string? HostIp { get; init; }

    /// <summary>A number; empty lets the engine choose.</summary>
    public string? HostPort { get; init; }
}
