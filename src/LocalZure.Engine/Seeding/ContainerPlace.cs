using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.InContainers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Seeding;

/// <summary>
/// A service in a container. That its hooks have run is remembered by the labels of an empty volume, since those of the data's own
/// volumes cannot be changed any more.
/// </summary>
internal sealed class ContainerPlace : ISeedPlace
{
    /// <summary>Not in a folder that somebody may have mounted memory at: what is copied into such a folder is not seen.</summary>
    private const string Folder = "/localzure-init";

    private readonly IContainerRuntime _runtime;
    private readonly DesiredService _desired;
    private readonly Service _service;
    private readonly Template _template;

    /// <summary>Creates one.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="desired">The service as it should be, with its secrets.</param>
    /// <param name="service">The service as it runs.</param>
    public ContainerPlace(IContainerRuntime runtime, DesiredService desired, Service service)
    {
        _runtime = runtime;
        _desired = desired;
        _service = service;
        _template = new Template(
            "127.0.0.1",
            desired.Ports.ToDictionary(port => port.Name, port => port.ContainerPort, StringComparer.Ordinal),
            new Dictionary<string, string>(),
            desired.Values);
    }

    private string MarkerName => _desired.Key.VolumeName(SeedMarker.VolumeName);

    private bool IsOwnMarker(VolumeSummary volume) => SeedVolumes.IsMarker(volume) && ContainerLabels.KeyOf(volume.Labels) == _desired.Key;

    /// <inheritdoc/>
    public async Task<SeedMemory> ReadAsync(CancellationToken cancellationToken)
    {
        var volumes = await new VolumeKeeper(_runtime).FindAsync(_desired.Key, cancellationToken).ConfigureAwait(false);
        return new SeedMemory(SubjectOf(volumes), SeedVolumes.MarkerOf(volumes.FirstOrDefault(SeedVolumes.IsMarker)));
    }

    /// <inheritdoc/>
    public async Task RememberAsync(SeedMarker marker, CancellationToken cancellationToken)
    {
        await ForgetAsync(cancellationToken).ConfigureAwait(false);
        var made = await _runtime.CreateVolumeAsync(MarkerName, SeedVolumes.LabelsOf(_desired.Key, marker), cancellationToken).ConfigureAwait(false);
        if (!IsOwnMarker(made))
        {
            throw new LocalZureException(ErrorCode.NameConflict, $"A volume named '{made.Name}' exists that is not that of {_desired.Key}.", "Remove that volume if its data is not needed.")
            {
                Service = _desired.Key.Name,
                Instance = _desired.Key.Instance,
            };
        }
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var before = await _runtime.InspectVolumeAsync(MarkerName, cancellationToken).ConfigureAwait(false);
        if (before is not null && IsOwnMarker(before))
        {
            await _runtime.RemoveVolumeAsync(before.Name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<CommandResult> RunSqlAsync(SqlInit client, string name, ReadOnlyMemory<byte> sql, string? database, CancellationToken cancellationToken)
    {
        var file = new ContainerFile($"{Folder}/{name}", sql);
        await _runtime.CopyFilesAsync(_service.ContainerId!, [file], cancellationToken).ConfigureAwait(false);
        return await RunAsync(SqlCommand.Of(client, client.Program, _template, file.Path, database), SqlCommand.EnvironmentOf(client, _template), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<CommandResult> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        RunAsync(command is [var text] ? ["/bin/sh", "-c", text] : command, new Dictionary<string, string>(), cancellationToken);

    // A volume is known by the start that has made it, and gets a new one when it is emptied. Data in the container's layer or in memory
    // is as old as its run.
    private string SubjectOf(IReadOnlyList<VolumeSummary> volumes)
    {
        var mounted = _service.Volumes.Where(mount => mount.Kind == "volume").Select(mount => mount.Source).ToHashSet(StringComparer.Ordinal);
        var paths = _desired.Definition.Volumes.Select(volume => volume.Target).ToHashSet(StringComparer.Ordinal);
        var parts = volumes.Where(volume => mounted.Contains(volume.Name)).Select(volume => $"volume {volume.Labels.GetValueOrDefault(Labels.Operation)}")
            .Concat(_service.Volumes.Where(mount => mount.Kind == "bind" && paths.Contains(mount.Target)).Select(mount => $"folder {mount.Source}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        return parts.Count > 0 ? string.Join('\n', parts) : $"{SeedMarker.ContainerPrefix}{_service.ContainerId} {_service.StartedAt:O}";
    }

    private async Task<CommandResult> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        await _runtime.ExecuteAsync(_service.ContainerId!, command, environment, cancellationToken).ConfigureAwait(false) is { } result
            ? new CommandResult(result.ExitCode, result.LastLines)
            : throw StartFailures.Gone(_desired);
}
