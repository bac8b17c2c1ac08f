namespace LocalZure.Engine.Containers;

/// <summary>A container port to publish.</summary>
/// <param name="ContainerPort">The port inside the container.</param>
/// <param name="HostAddress">The address of the host to bind to, normally <c>127.0.0.1</c>.</param>
/// <param name="HostPort">The port of the host; 0 lets the runtime choose.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
internal sealed record PortMapping(int ContainerPort, string HostAddress, int HostPort, string Protocol = "tcp");
