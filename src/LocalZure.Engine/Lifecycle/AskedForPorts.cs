using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Ports;

namespace LocalZure.Engine.Lifecycle;

/// <summary>The ports that the user asked for, looked at before anything is done that takes long or cannot be taken back.</summary>
internal static class AskedForPorts
{
    /// <summary>Checks that they can be bound on this machine.</summary>
    /// <param name="service">The service.</param>
    /// <param name="own">Ports that are held by what is about to be replaced.</param>
    /// <param name="runtime">The runtime whose containers may hold ports; null without one.</param>
    /// <param name="cancellationToken">Ends the look for who holds a taken one.</param>
    /// <exception cref="LocalZureException">PortInUse.</exception>
    public static async Task CheckAsync(DesiredService service, IReadOnlySet<int> own, IContainerRuntime? runtime, CancellationToken cancellationToken)
    {
        foreach (var port in service.Ports.Where(port => port.Explicit && !own.Contains(port.HostPort) && !PortAllocator.CanBind(port.HostAddress, port.HostPort, port.Protocol)))
        {
            throw StartFailures.PortTaken(service, port, await PortHolderFinder.DescribeAsync(runtime, port.HostPort, cancellationToken).ConfigureAwait(false), null);
        }
    }
}
