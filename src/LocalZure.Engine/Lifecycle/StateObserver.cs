using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Takes one snapshot of everything of ours: one list call, the host registry and the starts in flight.</summary>
internal sealed class StateObserver
{
    private readonly HostProcessRegistry _registry;
    private readonly IHostProcessRunner _runner;
    private readonly OperationRegistry _operations;

    /// <summary>Creates one.</summary>
    public StateObserver(HostProcessRegistry registry, IHostProcessRunner runner, OperationRegistry operations)
    {
        _registry = registry;
        _runner = runner;
        _operations = operations;
    }

    /// <summary>Takes the snapshot.</summary>
    /// <param name="runtime">The runtime; null without Docker.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<ObservedState> ObserveAsync(IContainerRuntime? runtime, CancellationToken cancellationToken)
    {
        var listing = runtime?.ListContainersAsync(Labels.OnlyManaged, includeStopped: true, cancellationToken);
        var entries = await _registry.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var containers = listing is null ? [] : await listing.ConfigureAwait(false);

        // After the containers: a start that finishes in between is then not taken for one that is over without a trace.
        var operations = await _operations.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        return new ObservedState(
            containers,
            entries.Select(Check).ToList(),
            operations.ToDictionary(operation => operation.Id, operation => OwnerIdentity.Judge(operation.Owner), StringComparer.Ordinal));
    }

    private ObservedHostProcess Check(HostProcessEntry entry)
    {
        var running = entry.Process is { } process && _runner.IsRunning(process);
        return new ObservedHostProcess(entry, running, running ? null : _runner.ReadExitCode(entry.LogDirectory));
    }
}
