namespace LocalZure.Engine.Health;

/// <summary>Makes probes from their definitions.</summary>
internal static class ProbeFactory
{
    /// <summary>Makes one probe.</summary>
    /// <param name="definition">Its definition.</param>
    /// <param name="service">What it looks at.</param>
    /// <param name="log">The watch over the service's log, for probes of it.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LocalZureException">
    /// ServiceUnhealthy when the port to probe is not published; HostModeUnsupported when a host process is probed as a container.
    /// </exception>
    public static IProbe Create(ProbeDefinition definition, ProbedService service, LogWatch log, TimeProvider time) => definition switch
    {
        HttpProbeDefinition http => On(http.Port, service, (address, port) => new HttpProbe(http, address, port, time)),
        TcpProbeDefinition tcp => On(tcp.Port, service, (address, port) => new TcpProbe(tcp, address, port, time)),
        LogProbeDefinition line => new LogProbe(line, log, service, time),
        ExecProbeDefinition exec => service.Execute is not null ? new ExecProbe(exec, service, time) : throw NeedsContainer("exec", "a command", service),
        DockerProbeDefinition docker => service.Inspect is not null ? new DockerProbe(docker, service, time) : throw NeedsContainer("docker", "a HEALTHCHECK", service),
        ProcessProbeDefinition process => new ProcessProbe(process, service, time),
        _ => throw new LocalZureException(ErrorCode.InternalError, $"There is no probe for {definition.GetType().Name}."),
    };

    /// <summary>The type of a probe, as results name it.</summary>
    public static string TypeOf(ProbeDefinition definition) => definition switch
    {
        HttpProbeDefinition => "http",
        TcpProbeDefinition => "tcp",
        ExecProbeDefinition => "exec",
        LogProbeDefinition => "log",
        DockerProbeDefinition => "docker",
        _ => "process",
    };

    private static IProbe On(string name, ProbedService service, Func<string, int, IProbe> create) =>
        service.Ports.FirstOrDefault(port => port.Name == name) is { HostPort: > 0 } port
            ? create(HostAddress.ToConnectTo(port.HostAddress), port.HostPort)
            : throw new LocalZureException(ErrorCode.ServiceUnhealthy, $"The port '{name}' is not published, so it cannot be probed.");

    private static LocalZureException NeedsContainer(string type, string what, ProbedService service) => new(
        ErrorCode.HostModeUnsupported,
        $"{service.Name} runs as a host process, which its {type} probe cannot look at: {what} needs a container.");
}
