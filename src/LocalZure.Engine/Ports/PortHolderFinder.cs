using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Ports;

/// <summary>Says who holds a port: a container or a process of this machine.</summary>
internal static class PortHolderFinder
{
    /// <summary>The holder in words that fit after "taken by".</summary>
    /// <param name="runtime">The runtime whose containers may hold it; null without Docker.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<string> DescribeAsync(IContainerRuntime? runtime, int port, CancellationToken cancellationToken)
    {
        // Containers first: their ports are held by a proxy process of the daemon, whose name helps nobody.
        if (runtime is not null && await FindContainerAsync(runtime, port, cancellationToken).ConfigureAwait(false) is { } container)
        {
            return $"the container '{container}'";
        }

        return ListeningProcesses.Find(port) switch
        {
            { } process when HostProcessRunner.NameOf(process.Pid) is { } name => string.Create(CultureInfo.InvariantCulture, $"the host process '{name}' of LocalZure (pid {process.Pid})"),
            { } process => string.Create(CultureInfo.InvariantCulture, $"the process '{process.Name}' (pid {process.Pid})"),
            _ when ReservedPorts.Describe(port) is { } reserved => reserved,
            _ when OutgoingConnections.Use(port) => "a connection that uses it as its near end, or did so within the last minute",
            _ => "something that could not be identified",
        };
    }

    private static async Task<string?> FindContainerAsync(IContainerRuntime runtime, int port, CancellationToken cancellationToken)
    {
        var containers = await runtime.ListContainersAsync([], includeStopped: false, cancellationToken).ConfigureAwait(false);
        return containers.FirstOrDefault(container => container.Ports.Any(mapping => mapping.HostPort == port))?.Name;
    }
}
