using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Removes everything that one start on the host has made. The caller holds the name's lock.</summary>
internal sealed class HostUndo
{
    private readonly HostServices _host;
    private readonly HostStopper _stopper;
    private readonly ServiceKey _key;
    private readonly List<string> _newFolders;

    /// <summary>Notes what was there before the start.</summary>
    /// <param name="host">What host mode needs.</param>
    /// <param name="stopper">Ends its process.</param>
    /// <param name="key">The service.</param>
    /// <param name="volumes">The folders of its data.</param>
    public HostUndo(HostServices host, HostStopper stopper, ServiceKey key, IReadOnlyList<ServiceVolume> volumes)
    {
        _host = host;
        _stopper = stopper;
        _key = key;
        _newFolders = volumes.Where(volume => volume.Kind == "directory" && !Directory.Exists(volume.Source)).Select(volume => volume.Source).ToList();
    }

    /// <summary>Forgets that init hooks have run when the data that they have run on is not there.</summary>
    public void ForgetHooksOfLostData()
    {
        if (_newFolders.Count > 0)
        {
            JsonFolder.Delete(_host.Paths.SeedFile(_key));
        }
    }

    /// <summary>Ends the process, if there is one, and removes its entry, its output and the data folders that were not there before.</summary>
    public async Task RunAsync()
    {
        if (await _host.Registry.ReadAsync(_key.ContainerName, CancellationToken.None).ConfigureAwait(false) is { } entry)
        {
            if ((entry.Process ?? _host.Runner.FindByLogDirectory(entry.LogDirectory)) is { } process)
            {
                // What still runs may write into the folders that are removed.
                await _stopper.KillAsync(process, entry.ContainerName, CancellationToken.None).ConfigureAwait(false);
            }

            await _host.ForgetAsync(entry).ConfigureAwait(false);
        }

        foreach (var folder in _newFolders)
        {
            await HostFolders.RemoveAsync(folder, _host.Time).ConfigureAwait(false);
        }
    }
}
