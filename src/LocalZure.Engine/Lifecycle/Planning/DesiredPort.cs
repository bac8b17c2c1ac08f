using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>A port as it is wanted.</summary>
/// <param name="Name">Its name in the definition.</param>
/// <param name="ContainerPort">The port inside the container.</param>
/// <param name="HostAddress">The address of the host to bind to.</param>
/// <param name="HostPort">The port of the host; 0 for any free one.</param>
/// <param name="Explicit">Whether the user asked for exactly this port, so that it is never replaced.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Range">The ports of which any free one will do, when the user asked for some; null for those of LocalZure.</param>
internal sealed record DesiredPort(string Name, int ContainerPort, string HostAddress, int HostPort, bool Explicit, string Protocol, PortRange? Range = null)
{
    /// <summary>The port of the host that it has already and keeps if it can; 0 for none. Not part of what tells "unchanged" from "changed".</summary>
    public int Kept { get; init; }

    /// <summary>The port of the host to ask for first; 0 for any free one.</summary>
    public int FirstChoice => Kept > 0 ? Kept : HostPort;
}
