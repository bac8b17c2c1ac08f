using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Tells where a container keeps what it writes. Pure.</summary>
internal static class ContainerData
{
    /// <summary>Whether it has its data in memory and mounts nothing else.</summary>
    public static bool IsInMemory(ContainerDetails container) =>
        container.Mounts.Count > 0 && container.Mounts.All(mount => mount.Kind == MountKind.Tmpfs);

    /// <summary>Whether nothing of what it writes outlives it when some volumes are removed with it. A folder of the user's does.</summary>
    /// <param name="container">The container.</param>
    /// <param name="volumes">The names of the volumes that are removed.</param>
    public static bool GoesWith(ContainerDetails container, IReadOnlyCollection<string> volumes) => container.Mounts.All(mount =>
        mount.Kind == MountKind.Tmpfs || (mount.Kind == MountKind.Volume && (volumes.Contains(mount.Name) || AnonymousVolumes.HasNoName(mount.Name))));
}
