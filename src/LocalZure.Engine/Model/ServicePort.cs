namespace LocalZure;

/// <summary>One port of a running service.</summary>
/// <param name="Name">The port's name in the service's definition, for example <c>blob</c>.</param>
/// <param name="ContainerPort">The port inside the container; in host mode the same as <paramref name="HostPort"/>.</param>
/// <param name="HostAddress">The address of this machine it is bound to, normally <c>127.0.0.1</c>.</param>
/// <param name="HostPort">The port on this machine; 0 when it is not published.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
public sealed record ServicePort(string Name, int ContainerPort, string HostAddress, int HostPort, string Protocol)
{
    /// <summary>The short form, for example <c>127.0.0.1:10000->10000/tcp</c>.</summary>
    public override string ToString() => $"{HostAddress}:{HostPort}->{ContainerPort}/{Protocol}";
}
