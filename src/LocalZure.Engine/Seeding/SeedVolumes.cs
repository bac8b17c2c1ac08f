using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Seeding;

/// <summary>The volumes whose labels remember that hooks have run.</summary>
internal static class SeedVolumes
{
    /// <summary>Whether a volume is one of them: it holds no data.</summary>
    public static bool IsMarker(VolumeSummary volume) =>
        Ownership.IsOurs(volume) && volume.Labels.GetValueOrDefault(Labels.Volume) == SeedMarker.VolumeName;

    /// <summary>What a volume remembers; null without a volume, or when it does not say.</summary>
    public static SeedMarker? MarkerOf(VolumeSummary? volume) =>
        volume?.Labels.GetValueOrDefault(Labels.Seeded) is { } subject && volume.Labels.GetValueOrDefault(Labels.InitHash) is { } hash ? new SeedMarker(subject, hash) : null;

    /// <summary>The labels by which it is remembered. The id of the start is one of its own: what a start that fails removes is not this.</summary>
    public static IReadOnlyDictionary<string, string> LabelsOf(ServiceKey key, SeedMarker marker)
    {
        var operation = new StartOperation(Guid.NewGuid().ToString("N"), OwnerIdentity.Current.ToString(), default);
        var labels = ContainerLabels.ForVolume(key, SeedMarker.VolumeName, operation);
        labels[Labels.Seeded] = marker.Subject;
        labels[Labels.InitHash] = marker.Hash;
        return labels;
    }

    /// <summary>Forgets the hooks of services whose containers were removed, where the data went with the container. One list call.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="removed">The services.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public static async Task ForgetAsync(IContainerRuntime runtime, IReadOnlyCollection<ServiceKey> removed, CancellationToken cancellationToken)
    {
        if (removed.Count == 0)
        {
            return;
        }

        foreach (var volume in await runtime.ListVolumesAsync([.. Labels.OnlyManaged, $"{Labels.Volume}={SeedMarker.VolumeName}"], cancellationToken).ConfigureAwait(false))
        {
            if (IsMarker(volume) && ContainerLabels.KeyOf(volume.Labels) is { } key && removed.Contains(key) && MarkerOf(volume)?.Subject.StartsWith(SeedMarker.ContainerPrefix, StringComparison.Ordinal) != false)
            {
                await runtime.RemoveVolumeAsync(volume.Name, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
