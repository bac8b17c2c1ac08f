using LocalZure.Engine.Catalog;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Services that no catalog has.</summary>
internal static class TestServices
{
    public static readonly string LiveOwner = OwnerIdentity.Current.ToString();

    public static readonly string DeadOwner = (OwnerIdentity.Current with { Process = new ProcessIdentity(OwnerIdentity.Current.Process.Pid, "1") }).ToString();

    public static readonly string UnknownOwner = (OwnerIdentity.Current with { HostId = "0123456789abcdef" }).ToString();

    /// <summary>A service with one port and one volume that is usable as soon as it runs.</summary>
    public static ServiceDefinition Definition(string name = "demo") => new()
    {
        Name = name,
        Description = "A service for tests",
        Image = "demo:1",
        Ports = [new PortDefinition("main", 80, 18080, "tests")],
        Volumes = [new VolumeDefinition("data", "/data")],
        Probes = [],
        StartTimeout = TimeSpan.FromSeconds(30),
        Endpoints = new Dictionary<string, string> { ["main"] = "http://{address}:{port.main}/" },
    };

    public static DesiredService Desired(string name = "demo", string? instance = null) => Of(Definition(name), instance);

    public static DesiredService Of(ServiceDefinition definition, string? instance = null) => new()
    {
        Key = new ServiceKey(definition.Name, instance),
        Definition = definition,
        Image = definition.Image,
        Ports = definition.Ports.Select(port => new DesiredPort(port.Name, port.ContainerPort, "127.0.0.1", port.DefaultHostPort, false, port.Protocol)).ToList(),
        Environment = definition.Environment,
        Mounts = definition.Volumes.Select(volume => new DesiredMount(volume.Name, null, volume.Target)).ToList(),
        StartTimeout = definition.StartTimeout,
    };

    /// <summary>The same service with its first port asked for by the user.</summary>
    public static DesiredService At(this DesiredService service, int port) =>
        service with { Ports = [service.Ports[0] with { HostPort = port, Explicit = true }, .. service.Ports.Skip(1)] };

    public static HostProcessEntry Entry(DesiredService service, ProcessIdentity? process, string operation = "op") => new()
    {
        Service = service.Key.Name,
        Instance = service.Key.Instance,
        ContainerName = service.Key.ContainerName,
        Process = process,
        Program = "demo@1",
        LogDirectory = "/no such folder/" + service.Key.ContainerName,
        ConfigHash = service.ConfigHash,
        DefinitionHash = service.DefinitionHash,
        StopSignal = "SIGTERM",
        StartedAt = new DateTimeOffset(2026, 1, 31, 11, 0, 0, TimeSpan.Zero),
        Owner = LiveOwner,
        Operation = operation,
        Version = "0.1.0",
    };
}
