using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle.OnHost;
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
        var ofThisProcess = OperationRegistry.InThisProcess;
        var before = await _operations.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var listing = runtime?.ListContainersAsync(Labels.OnlyManaged, includeStopped: true, cancellationToken);
        var entries = await _registry.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var labelled = listing is null ? [] : await listing.ConfigureAwait(false);
        var containers = labelled.Where(Ownership.IsOurs).ToList();

        // Before and after the containers: neither a start that ends in between, whose container the list shows as it was, nor
        // one that begins in between is then taken for one that is over without a trace.
        var after = await _operations.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var operations = before.Values.Concat(after.Values).DistinctBy(operation => operation.Id).ToList();
        var inFlight = new Dictionary<string, OwnerState>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            inFlight[operation.Id] = await JudgeAsync(operation, cancellationToken).ConfigureAwait(false);
        }

        foreach (var id in ofThisProcess.Concat(OperationRegistry.InThisProcess))
        {
            inFlight.TryAdd(id, OwnerState.Alive);
        }

        // Rare, so that the engine's clock is asked for only then.
        var unknown = containers.Where(container => IsCreatedElsewhere(container, inFlight)).ToList();
        if (unknown.Count > 0)
        {
            var now = await EngineClock.NowAsync(runtime!, _time, cancellationToken).ConfigureAwait(false);
            unknown.ForEach(container => AddStartOfAnotherHome(inFlight, container, now));
        }

        var names = containers.Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        return new ObservedState(containers.Where(container => !IsSetAside(container, names)).ToList(), entries.Values.Select(Check).ToList(), inFlight)
        {
            Foreign = labelled.Where(container => !Ownership.IsOurs(container)).ToList(),
            SetAside = containers.Where(container => IsSetAside(container, names)).ToList(),
            Replacements = operations.Where(operation => operation.Replaces is not null).GroupBy(operation => operation.Replaces!, StringComparer.Ordinal)
                .ToDictionary(starts => starts.Key, starts => starts.OrderBy(start => inFlight[start.Id] == OwnerState.Dead).First().Id, StringComparer.Ordinal),
            OperationsOnHost = operations.Where(operation => operation.OnHost).Select(operation => operation.Id).ToHashSet(StringComparer.Ordinal),
            EndedSessions = containers.Where(container => ContainerLabels.LifetimeOf(container.Labels) == ServiceLifetime.Session).Select(container => container.Labels.GetValueOrDefault(Labels.Owner))
                .Concat(entries.Values.Where(entry => entry.Lifetime == ServiceLifetime.Session).Select(entry => entry.Owner))
                .OfType<string>().Distinct(StringComparer.Ordinal).Where(owner => OwnerIdentity.Judge(owner) == OwnerState.Dead).ToHashSet(StringComparer.Ordinal),
            Unreadable = [.. after.Unreadable, .. entries.Unreadable],
        };
    }

    // A start that comes to its end takes its note away before its process can end. Only one whose process has ended and whose
    // note is still there has died; that of a process that ended right after its start was read too early.
    private async Task<OwnerState> JudgeAsync(OperationEntry operation, CancellationToken cancellationToken) =>
        OwnerIdentity.Judge(operation.Owner) is var judged && judged == OwnerState.Dead && await _operations.ReadAsync(operation.Id, cancellationToken).ConfigureAwait(false) is null
            ? OwnerState.Alive
            : judged;

    // Its labels say one name and it has another: a start has taken that from it, and its successor is there.
    private static bool IsSetAside(ContainerSummary container, HashSet<string> names) =>
        ContainerLabels.KeyOf(container.Labels) is { } key && key.ContainerName != container.Name && names.Contains(key.ContainerName);

    private static bool IsCreatedElsewhere(ContainerSummary container, Dictionary<string, OwnerState> inFlight) =>
        container.State == ContainerState.Created && container.Labels.TryGetValue(Labels.Operation, out var operation) && !inFlight.ContainsKey(operation);

    // What another home's start has just created must not be taken for something left behind.
    private static void AddStartOfAnotherHome(Dictionary<string, OwnerState> inFlight, ContainerSummary container, DateTimeOffset now)
    {
        if (container.Labels.TryGetValue(Labels.Operation, out var operation)
            && StartOfAnotherHome.OwnerOf(container.State, container.Labels, container.CreatedAt, now) is { } owner)
        {
            inFlight.TryAdd(operation, owner);
        }
    }

    private ObservedHostProcess Check(HostProcessEntry entry)
    {
        if (UnreachableProcess.Is(entry, _runner))
        {
            return new ObservedHostProcess(entry, false, null) { IsUnreachable = true };
        }

        if (entry.Process is null && _runner.FindByLogDirectory(entry.LogDirectory) is { } found)
        {
            // A start is making it at this moment, or died between making it and noting it.
            return new ObservedHostProcess(entry with { Process = found }, true, null) { IsPaused = _runner.IsSuspended(found) };
        }

        var running = entry.Process is { } process && _runner.IsRunning(process);
        return new ObservedHostProcess(entry, running, running ? null : _runner.ReadExitCode(entry.LogDirectory)) { IsPaused = running && _runner.IsSuspended(entry.Process!) };
    }
}
