using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.InContainers;

namespace LocalZure.Engine.Lifecycle.Orphans;

/// <summary>Gives containers their name back whose name a start has taken and which has died before it made their successor.</summary>
internal sealed class NameReturn
{
    private readonly IContainerRuntime _runtime;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="events">Told which have their name again, and which could not get it.</param>
    public NameReturn(IContainerRuntime runtime, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _events = events;
    }

    /// <summary>Gives them their names back, unless something has those by now.</summary>
    /// <param name="containers">What was found to be without its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task RunAsync(IReadOnlyList<ContainerSummary> containers, CancellationToken cancellationToken)
    {
        foreach (var container in containers)
        {
            try
            {
                await RunAsync(container.Id, cancellationToken).ConfigureAwait(false);
            }
            catch (LocalZureException e)
            {
                _events.Report(new Degraded(container.Name, $"The container '{container.Name}' could not be given its name back: {e.Message}"));
            }
        }
    }

    // Looked at again: another start may have given it its name back.
    private async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if (await new OwnContainers(_runtime).FindAsync(id, cancellationToken).ConfigureAwait(false) is { } container
            && ContainerLabels.KeyOf(container.Labels) is { } key
            && Ownership.IsSetAsideName(key, container.Name)
            && await _runtime.RenameContainerAsync(id, key.ContainerName, cancellationToken).ConfigureAwait(false))
        {
            _events.Report(new Noted(key.ContainerName, $"'{container.Name}' is named '{key.ContainerName}' again: the start that was replacing it died."));
        }
    }
}
