namespace LocalZure.Engine.Health;

/// <summary>Makes probes from their definitions.</summary>
internal static class ProbeFactory
{
    /// <summary>Makes one probe.</summary>
    /// <param name="definition">Its definition.</param>
    /// <param name="ports">The published ports of the service.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LocalZureException">ServiceUnhealthy when the port to probe is not published.</exception>
    public static IProbe Create(ProbeDefinition definition, IReadOnlyList<ServicePort> ports, TimeProvider time) => definition switch
    {
        HttpProbeDefinition http when ports.FirstOrDefault(port => port.Name == http.Port) is { HostPort: > 0 } port =>
            new HttpProbe(http, HostAddress.ToConnectTo(port.HostAddress), port.HostPort, time),
        HttpProbeDefinition http => throw new LocalZureException(ErrorCode.ServiceUnhealthy, $"The port '{http.Port}' is not published, so it cannot be probed."),
        _ => throw new LocalZureException(ErrorCode.InternalError, $"There is no probe for {definition.GetType().Name}."),
    };
}
