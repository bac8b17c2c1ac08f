using System.Globalization;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>Writes a specification in the words of the Engine API.</summary>
internal static class ContainerCreateMapper
{
    // What both engines take by themselves on the command line. A creation that names none is 10 for Docker but 0 for Podman 4.3:
    // `podman stop` then kills the service before it has put its data away.
    private const int StopTimeout = 10;

    /// <summary>The body of the request that creates the container.</summary>
    public static CreateContainerBody Body(ContainerSpec spec) => new()
    {
        Image = spec.Image,
        Cmd = spec.Command,
        Entrypoint = spec.Entrypoint,
        Env = spec.Environment.Select(variable => $"{variable.Key}={variable.Value}").ToList(),
        Labels = spec.Labels,
        ExposedPorts = spec.Ports.Select(KeyOf).Distinct().ToDictionary(key => key, _ => new IgnoredBody()),
        WorkingDir = spec.WorkingDirectory,
        StopSignal = spec.StopSignal,
        StopTimeout = StopTimeout,
        HostConfig = HostConfig(spec),
        NetworkingConfig = Networking(spec),
    };

    private static HostConfigBody HostConfig(ContainerSpec spec) => new()
    {
        PortBindings = spec.Ports.GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.Select(Binding).ToList()),
        Mounts = spec.Mounts.Select(Mount).ToList(),
        NetworkMode = spec.NetworkKind switch { NetworkKind.Host => "host", NetworkKind.None => "none", _ => spec.Network },
        RestartPolicy = new RestartPolicyBody { Name = PolicyOf(spec.Restart) },
        Memory = spec.MemoryBytes,
        NanoCpus = spec.Cpus is { } cpus ? (long)Math.Round(cpus * 1_000_000_000) : null,
        PidsLimit = spec.PidsLimit,
        ReadonlyRootfs = spec.IsReadOnly ? true : null,
        CapDrop = spec.DroppedCapabilities.Count > 0 ? spec.DroppedCapabilities : null,
        Init = spec.HasInitProcess ? true : null,
        SecurityOpt = spec.NoNewPrivileges ? ["no-new-privileges"] : null,
    };

    private static string PolicyOf(RestartRule rule) => rule switch
    {
        RestartRule.OnFailure => "on-failure",
        RestartRule.UnlessStopped => "unless-stopped",
        RestartRule.Always => "always",
        _ => "no",
    };

    private static NetworkingConfigBody? Networking(ContainerSpec spec) =>
        spec is { NetworkKind: NetworkKind.Bridge, Network: { } network }
            ? new NetworkingConfigBody { EndpointsConfig = new() { [network] = new EndpointConfigBody { Aliases = spec.NetworkAliases } } }
            : null;

    // "80/tcp"
    private static string KeyOf(PortMapping port) =>
        string.Create(CultureInfo.InvariantCulture, $"{port.ContainerPort}/{port.Protocol}");

    private static PortBindingBody Binding(PortMapping port) => new()
    {
        HostIp = port.HostAddress,
        HostPort = port.HostPort == 0 ? "" : port.HostPort.ToString(CultureInfo.InvariantCulture),
    };

    private static MountBody Mount(MountSpec mount) => new()
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
