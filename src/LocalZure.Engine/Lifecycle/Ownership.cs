using System.Text.RegularExpressions;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Seeding;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>
/// Tells what is ours. Labels alone prove nothing: whoever runs or commits an image that carries them has a container that carries
/// them too. Ours is what has the label, names that pass the name rule, and the name that belongs to them. Pure.
/// </summary>
internal static partial class Ownership
{
    /// <summary>Whether a container is ours: it has the name of its service, or the one of a container that is being replaced.</summary>
    public static bool IsOurs(ContainerSummary container) => IsContainer(container.Name, container.Labels);

    /// <inheritdoc cref="IsOurs(ContainerSummary)"/>
    public static bool IsOurs(ContainerDetails container) => IsContainer(container.Name, container.Labels);

    /// <summary>Whether a volume is ours: it has the name that its service and its name within the service give.</summary>
    public static bool IsOurs(VolumeSummary volume) =>
        Labels.AreManaged(volume.Labels)
        && ContainerLabels.KeyOf(volume.Labels) is { } key
        && Labels.ValueOf(volume.Labels, Labels.Volume) is { } name
        && (PlainName.Allows(name) || name == SeedMarker.VolumeName)
        && volume.Name == key.VolumeName(name);

    /// <summary>Whether a network is ours: it has the name that its instance gives.</summary>
    public static bool IsOurs(NetworkSummary network) =>
        Labels.AreManaged(network.Labels)
        && ContainerLabels.HasInstance(network.Labels, out var instance)
        && network.Name == new ServiceKey("", instance).NetworkName;

    /// <summary>Whether a container has got its labels from its image: then they tell of another container, or of a build.</summary>
    /// <param name="labels">The container's labels.</param>
    /// <param name="image">Its image; null when that is gone or could not be told.</param>
    public static bool IsInherited(IReadOnlyDictionary<string, string> labels, ImageSummary? image) =>
        image is not null
        && Labels.AreManaged(image.Labels)
        && Labels.ValueOf(image.Labels, Labels.Operation) == Labels.ValueOf(labels, Labels.Operation);

    /// <summary>Whether a name is that of a container of a service which is being replaced.</summary>
    public static bool IsSetAsideName(ServiceKey key, string name) =>
        name.StartsWith(key.ContainerName, StringComparison.Ordinal) && SetAsideSuffix().IsMatch(name.AsSpan(key.ContainerName.Length));

    /// <summary>The name of a container of a service while a start replaces it.</summary>
    /// <param name="key">The service.</param>
    /// <param name="operation">The id of the start.</param>
    public static string SetAsideName(ServiceKey key, string operation) => $"{key.ContainerName}.replaced-{operation}";

    /// <summary>Whether a container of a name with labels is ours.</summary>
    public static bool IsContainer(string name, IReadOnlyDictionary<string, string> labels) =>
        Labels.AreManaged(labels)
        && ContainerLabels.KeyOf(labels) is { } key
        && (name == key.ContainerName || IsSetAsideName(key, name));

    [GeneratedRegex(@"\A\.replaced-[0-9a-f]{32}\z")]
    private static partial Regex SetAsideSuffix();
}
