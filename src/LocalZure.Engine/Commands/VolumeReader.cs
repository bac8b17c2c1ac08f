using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Seeding;

namespace LocalZure.Engine.Commands;

/// <summary>Finds services of which only data is left.</summary>
internal sealed class VolumeReader
{
    private readonly HostPaths _paths;

    /// <summary>Creates one.</summary>
    /// <param name="paths">Where host processes keep their data.</param>
    public VolumeReader(HostPaths paths) => _paths = paths;

    /// <summary>The services that have data but are not among those found already.</summary>
    /// <param name="runtime">The runtime; null without Docker.</param>
    /// <param name="filter">Which services are meant.</param>
    /// <param name="found">Those found already.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<IReadOnlyList<Service>> ReadAsync(IContainerRuntime? runtime, ServiceFilter filter, IReadOnlyList<Service> found, CancellationToken cancellationToken)
    {
        var volumes = runtime is null ? [] : await runtime.ListVolumesAsync(Labels.OnlyManaged, cancellationToken).ConfigureAwait(false);
        var inVolumes = volumes.Where(volume => Ownership.IsOurs(volume) && !SeedVolumes.IsMarker(volume)).Select(volume => ContainerLabels.KeyOf(volume.Labels)).OfType<ServiceKey>().Select(key => (key, mode: ServiceMode.Docker));
        var inFolders = _paths.ReadDataKeys().Select(key => (key, mode: ServiceMode.Host));
        return inVolumes.Concat(inFolders).Distinct()
            .Where(row => filter.Matches(row.key) && !found.Any(service => service.Name == row.key.Name && service.Instance == row.key.Instance && service.Mode == row.mode))
            .Select(row => new Service
            {
                Name = row.key.Name,
                Instance = row.key.Instance,
                ContainerName = row.key.ContainerName,
                Mode = row.mode,
                State = ServiceState.NotCreated,
                Health = ServiceHealthStatus.Stopped,
            })
            .ToList();
    }
}
