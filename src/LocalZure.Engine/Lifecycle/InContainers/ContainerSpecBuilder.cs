using System.Text;
using LocalZure.Engine.Catalog;
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
    public static ContainerSpec Build(DesiredService service, IReadOnlyDictionary<string, int> hostPorts, StartOperation operation)
    {
        var template = TemplateOf(service);
        return WithoutTexts(service, hostPorts, operation) with
        {
            Command = service.Definition.Command?.Select(template.Fill).ToList(),
            Environment = service.Filled(template),
            Files = service.Files.Select(file => new ContainerFile(file.Path, Encoding.UTF8.GetBytes(template.Fill(file.Content)))).ToList(),
        };
    }

    /// <summary>A container that takes over the volumes without a name of the one that it replaces.</summary>
    /// <param name="replaced">The container that is replaced; null when there is none.</param>
    /// <param name="spec">The container.</param>
    public static ContainerSpec InPlaceOf(ContainerDetails? replaced, ContainerSpec spec)
    {
        var mounts = replaced is null ? [] : AnonymousVolumes.TakenOver(replaced, spec.Mounts);
        return mounts.Count == 0 ? spec : spec with
        {
            Mounts = [.. spec.Mounts, .. mounts],
            Labels = new Dictionary<string, string>(spec.Labels, StringComparer.Ordinal) { [Labels.TakenOverVolumes] = AnonymousVolumes.LabelOf(mounts) },
        };
    }

    /// <summary>
    /// A container that does not inherit our labels of its image, as one has that was committed from a container of ours: what they
    /// say there, a time to live or an owner, would count for this one. They cannot be taken away, only be made empty.
    /// </summary>
    /// <param name="image">The image; null when nothing is known of it.</param>
    /// <param name="spec">The container.</param>
    public static ContainerSpec ApartFrom(ImageSummary? image, ContainerSpec spec)
    {
        var inherited = image?.Labels.Keys
            .Where(name => name.StartsWith(Labels.Prefix, StringComparison.Ordinal) && !name.StartsWith(Labels.BuildPrefix, StringComparison.Ordinal) && !spec.Labels.ContainsKey(name))
            .ToList() ?? [];
        return inherited.Count == 0 ? spec : spec with
        {
            Labels = new Dictionary<string, string>(spec.Labels.Concat(inherited.Select(name => KeyValuePair.Create(name, ""))), StringComparer.Ordinal),
        };
    }

    // The texts that a container is given, as it sees itself: every address, its own ports and paths.
    private static Template TemplateOf(DesiredService service) => new(
        "0.0.0.0",
        service.Ports.ToDictionary(port => port.Name, port => port.ContainerPort, StringComparer.Ordinal),
        service.Definition.Volumes.ToDictionary(volume => volume.Name, volume => volume.Target, StringComparer.Ordinal),
        With(service.Values, service.Files.Select(file => KeyValuePair.Create($"file.{file.Name}", file.Path))));

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> values, IEnumerable<KeyValuePair<string, string>> more) =>
        new(values.Concat(more), StringComparer.Ordinal);

    private static ContainerSpec WithoutTexts(DesiredService service, IReadOnlyDictionary<string, int> hostPorts, StartOperation operation) => new()
    {
        Name = service.Key.ContainerName,
        Image = service.Image,
        Labels = ContainerLabels.ForContainer(service, operation),
        WorkingDirectory = service.Container.WorkingDirectory,
        Ports = service.Container.Network != NetworkKind.Bridge ? [] : service.Ports.Select(port => new PortMapping(port.ContainerPort, port.HostAddress, hostPorts[port.Name], port.Protocol)).ToList(),
        Mounts = service.Mounts.Select(mount => ToMount(service.Key, mount)).ToList(),
        Network = service.Key.NetworkName,
        NetworkKind = service.Container.Network,
        NetworkAliases = [service.Key.Name],
        StopSignal = service.Definition.StopSignal,
        MemoryBytes = service.MemoryBytes,
        Cpus = service.Cpus,
        PidsLimit = service.Container.Pids,
        NoNewPrivileges = service.Container.NoNewPrivileges,
        IsReadOnly = service.Container.IsReadOnly,
        DroppedCapabilities = service.Container.DroppedCapabilities,
        HasInitProcess = service.Container.HasInitProcess,
        Restart = service.Container.Restart,
    };

    private static MountSpec ToMount(ServiceKey key, DesiredMount mount) => mount.BindSource is { } source
        ? new MountSpec(MountKind.Bind, source, mount.Target)
        : mount.IsInMemory ? new MountSpec(MountKind.Tmpfs, "", mount.Target)
        : new MountSpec(MountKind.Volume, key.VolumeName(mount.Name), mount.Target);
}
