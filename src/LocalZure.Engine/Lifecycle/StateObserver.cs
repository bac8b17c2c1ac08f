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
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="registry">The host processes.</param>
    /// <param name="runner">Tells which of them run.</param>
    /// <param name="operations">The starts in flight.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    public StateObserver(HostProcessRegistry registry, IHostProcessRunner runner, OperationRegistry operations, TimeProvider? time = null)
    {
        _registry = registry;
        _runner = runner;
        _operations = operations;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Takes the snapshot.</summary>
    /// <param name="runtime">The runtime; null without Docker.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<ObservedState> ObserveAsync(IContainerRuntime? runtime, CancellationToken cancellationToken)
    {
        var before = await _operations.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var listing = runtime?.ListContainersAsync(Labels.OnlyManaged, includeStopped: true, cancellationToken);
        var entries = await _registry.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var containers = listing is null ? [] : await listing.ConfigureAwait(false);

        // Before and after the containers: neither a start that ends in between, whose container the list shows as it was, nor
        // one that begins in between is then taken for one that is over without a trace.
        var after = await _operations.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var inFlight = before.Concat(after).DistinctBy(operation => operation.Id)
            .ToDictionary(operation => operation.Id, operation => OwnerIdentity.Judge(operation.Owner), StringComparer.Ordinal);
        foreach (var container in containers)
        {
            AddStartOfAnotherHome(inFlight, container);
        }

        return new ObservedState(containers, entries.Select(Check).ToList(), inFlight);
    }

    // What another home's start has just created must not be taken for something left behind.
    private void AddStartOfAnotherHome(Dictionary<string, OwnerState> inFlight, ContainerSummary container)
    {
        if (container.Labels.TryGetValue(Labels.Operation, out var operation)
            && StartOfAnotherHome.OwnerOf(container.State, container.Labels, container.CreatedAt, _time.GetUtcNow()) is { } owner)
        {
            inFlight.TryAdd(operation, owner);
        }
    }

    private ObservedHostProcess Check(HostProcessEntry entry)
    {
        var running = entry.Process is { } process && _runner.IsRunning(process);
        return new ObservedHostProcess(entry, running, running ? null : _runner.ReadExitCode(entry.LogDirectory));
    }
}
