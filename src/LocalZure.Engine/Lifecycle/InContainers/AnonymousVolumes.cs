using System.Text.RegularExpressions;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>
/// The volumes that an engine makes for what an image declares as a volume and nobody has mounted anything at. A container that
/// replaces another one takes them over, since they hold its data; they go when the container goes for good. Pure.
/// </summary>
internal static partial class AnonymousVolumes
{
    /// <summary>The mounts by which a container takes over those of the one that it replaces.</summary>
    /// <param name="replaced">The container that is replaced.</param>
    /// <param name="own">The mounts that the new one has anyway, which go before.</param>
    public static IReadOnlyList<MountSpec> TakenOver(ContainerDetails replaced, IReadOnlyList<MountSpec> own) => replaced.Mounts
        .Where(mount => IsAnonymous(mount) && own.All(other => Path(other.Target) != Path(mount.Target)))
        .Select(mount => new MountSpec(MountKind.Volume, mount.Name, mount.Target))
        .ToList();

    /// <summary>What a container is labelled with so that the volumes that it has taken over go with it: the engine takes them for named ones.</summary>
    public static string LabelOf(IReadOnlyList<MountSpec> takenOver) => string.Join('\n', takenOver.Select(mount => mount.Source));

    /// <summary>The volumes that a container has taken over: what its label names, it mounts, and has no name that a user gives.</summary>
    public static IReadOnlyList<string> TakenOverBy(ContainerDetails container)
    {
        var named = Labels.ValueOf(container.Labels, Labels.TakenOverVolumes)?.Split('\n') ?? [];
        return container.Mounts.Where(mount => IsAnonymous(mount) && named.Contains(mount.Name, StringComparer.Ordinal))
            .Select(mount => mount.Name)
            .Distinct(StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>Whether a container has volumes that go with it.</summary>
    public static bool AreAmong(IEnumerable<ContainerMount> mounts) => mounts.Any(IsAnonymous);

    /// <summary>
    /// Whether a successor has all the volumes without a name that a container has, or something of its own in their places: then
    /// none of their data goes with the container.
    /// </summary>
    /// <param name="replaced">The mounts of the container that is replaced.</param>
    /// <param name="successor">The mounts of the one in its place; null when there is none.</param>
    public static bool AreTakenOver(IEnumerable<ContainerMount> replaced, IReadOnlyList<ContainerMount>? successor) => replaced.Where(IsAnonymous)
        .All(mount => successor?.Any(other => other.Name == mount.Name || (Path(other.Target) == Path(mount.Target) && !IsAnonymous(other))) == true);

    /// <summary>Whether the name of a volume is one that an engine has made: it goes with its container.</summary>
    public static bool HasNoName(string name) => Made().IsMatch(name);

    private static bool IsAnonymous(ContainerMount mount) => mount.Kind == MountKind.Volume && HasNoName(mount.Name);

    private static string Path(string target) => target.Length > 1 ? target.TrimEnd('/') : target;

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Made();
}
