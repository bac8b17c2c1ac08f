namespace LocalZure.Engine.Docker.Wire;

/// <summary>A container's networks and bound ports.</summary>
internal sealed record NetworkSettingsBody
{
    /// <summary>By network name; what the values say is not read.</summary>
    public Dictionary<string, IgnoredBody?>? Networks { get; init; }

    /// <summary>By <c>80/tcp</c>; null for a port that is exposed only. Absent in a list.</summary>
    public Dictionary<string, List<PortBindingBody>?>? Ports { get; init; }
}
