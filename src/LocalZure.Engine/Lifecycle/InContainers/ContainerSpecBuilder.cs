using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Turns a desired service into what a container is made from. Pure.</summary>
internal static class ContainerSpecBuilder
{
    /// <summary>The container of a service.</summary>
    /// <param name="service">The service as it should be.</param>
    /// <param name="hostPorts">The host ports to ask for, by port name.</param>
    /// <param name="operation">The start that makes it.</param>
    public static ContainerSpec Build(DesiredService service, IReadOnlyDictionary<string, int> hostPorts, StartOperation operation) => new()
    {
        Name = service.Key.ContainerName,
        Image = service.Image,
        Command = service.Definition.Command,
        Environment = service.Environment,
        Labels = ContainerLabels.ForContainer(service, operation),
        Ports = service.Ports.Select(port => new PortMapping(port.ContainerPort, port.HostAddress, hostPorts[port.Name], port.Protocol)).ToList(),
        Mounts = service.Mounts.Select(mount => ToMount(service.Key, mount)).ToList(),
        Network = service.Key.NetworkName,
        NetworkAliases = [service.Key.Name],
        StopSignal = service.Definition.StopSignal,
        MemoryBytes = service.MemoryBytes,
        Cpus = service.Cpus,
    };

    private static MountSpec ToMount(ServiceKey key, DesiredMount mount) => mount.BindSource is { } source
        ? new MountSpec(MountKind.Bind, source, mount.Target)
        : new MountSpec(MountKind.Volume, key.VolumeName(mount.Name), mount.Target);
}
