using System.Globalization;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using ContainerSpec = LocalZure.Engine.Containers.ContainerSpec;

namespace LocalZure.Engine.Docker;

/// <summary>Writes a specification in the words of the Engine API.</summary>
internal static class ContainerCreateMapper
{
    // What both engines take by themselves on the command line. A creation that names none is 10 for Docker but 0 for Podman 4.3:
    // `podman stop` then kills the service before it has put its data away.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The request that creates the container.</summary>
    public static CreateContainerParameters Parameters(ContainerSpec spec) => new()
    {
        Name = spec.Name,
        Image = spec.Image,
        // Null, which the client library has for what is left out: the image's own.
        Cmd = spec.Command?.ToList()!,
        Entrypoint = spec.Entrypoint?.ToList()!,
        Env = spec.Environment.Select(variable => $"{variable.Key}={variable.Value}").ToList(),
        Labels = new Dictionary<string, string>(spec.Labels),
        ExposedPorts = spec.Ports.Select(KeyOf).Distinct().ToDictionary(key => key, _ => default(EmptyStruct)),
        WorkingDir = spec.WorkingDirectory ?? "",
        StopSignal = spec.StopSignal,
        StopTimeout = StopTimeout,
        HostConfig = HostConfig(spec),
        NetworkingConfig = Networking(spec),
    };

    private static HostConfig HostConfig(ContainerSpec spec) => new()
    {
        PortBindings = spec.Ports.GroupBy(KeyOf).ToDictionary(group => group.Key, IList<PortBinding> (group) => group.Select(Binding).ToList()),
        Mounts = spec.Mounts.Select(Mount).ToList(),
        NetworkMode = spec.NetworkKind switch { NetworkKind.Host => "host", NetworkKind.None => "none", _ => spec.Network ?? "" },
        RestartPolicy = new RestartPolicy { Name = PolicyOf(spec.Restart) },
        Memory = spec.MemoryBytes ?? 0,
        NanoCPUs = spec.Cpus is { } cpus ? (long)Math.Round(cpus * 1_000_000_000) : 0,
        PidsLimit = spec.PidsLimit,
        ReadonlyRootfs = spec.IsReadOnly,
        CapDrop = [.. spec.DroppedCapabilities],
        Init = spec.HasInitProcess ? true : null,
        SecurityOpt = spec.NoNewPrivileges ? ["no-new-privileges"] : [],
    };

    private static RestartPolicyKind PolicyOf(RestartRule rule) => rule switch
    {
        RestartRule.OnFailure => RestartPolicyKind.OnFailure,
        RestartRule.UnlessStopped => RestartPolicyKind.UnlessStopped,
        RestartRule.Always => RestartPolicyKind.Always,
        _ => RestartPolicyKind.No,
    };

    private static NetworkingConfig? Networking(ContainerSpec spec) =>
        spec is { NetworkKind: NetworkKind.Bridge, Network: { } network }
            ? new NetworkingConfig { EndpointsConfig = new Dictionary<string, EndpointSettings> { [network] = new() { Aliases = [.. spec.NetworkAliases] } } }
            : null;

    // "80/tcp"
    private static string KeyOf(PortMapping port) =>
        string.Create(CultureInfo.InvariantCulture, $"{port.ContainerPort}/{port.Protocol}");

    private static PortBinding Binding(PortMapping port) => new()
    {
        HostIP = port.HostAddress,
        HostPort = port.HostPort == 0 ? "" : port.HostPort.ToString(CultureInfo.InvariantCulture),
    };

    private static Mount Mount(MountSpec mount) => new()
    {
        Type = mount.Kind switch
        {
            MountKind.Volume => "volume",
            MountKind.Bind => "bind",
            _ => "tmpfs",
        },
        Source = mount.Kind == MountKind.Tmpfs ? null : mount.Source,
        Target = mount.Target,
        ReadOnly = mount.ReadOnly,
    };
}
