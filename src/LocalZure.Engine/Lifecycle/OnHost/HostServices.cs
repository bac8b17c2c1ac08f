using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>What host mode needs.</summary>
/// <param name="Registry">What was started.</param>
/// <param name="Runner">Starts and ends processes.</param>
/// <param name="Tools">Programs by name.</param>
/// <param name="Paths">Where they keep what is theirs.</param>
/// <param name="Time">The clock.</param>
internal sealed record HostServices(HostProcessRegistry Registry, IHostProcessRunner Runner, HostTools Tools, HostPaths Paths, TimeProvider Time)
{
    /// <summary>Told what happens to processes; null where nobody wants to know.</summary>
    public ActivityNotes? Activity { get; init; }

    /// <summary>Forgets a process that has ended: its output, the folder it ran in and its entry. Its data stays. The caller holds the name's lock.</summary>
    public async Task ForgetAsync(HostProcessEntry entry)
    {
        // Not the folder that the entry names: a file may have been changed by hand, and only what lies in the home is ours.
        var key = new ServiceKey(entry.Service, entry.Instance);
        await HostFolders.RemoveAsync(Paths.Log(key), Time).ConfigureAwait(false);
        await HostFolders.RemoveAsync(Paths.Work(key), Time).ConfigureAwait(false);
        Registry.Delete(entry.ContainerName);
        Activity?.Removed(entry);
    }

    /// <summary>Reads or follows the output of a process; a follow ends when the process has ended and all was read.</summary>
    public IAsyncEnumerable<ContainerLogLine> ReadLogAsync(HostProcessEntry entry, ContainerLogQuery query, CancellationToken cancellationToken) =>
        new HostLogReader(entry.LogDirectory, Time).ReadAsync(query, () => entry.Process is { } process && Runner.IsRunning(process), cancellationToken);
}
