using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Ends containers: asks, waits as long as it makes sense, then kills.</summary>
internal sealed class ContainerStopper
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(10);

    /// <summary>The kernel needs a moment for a kill; far more than it ever takes.</summary>
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    private readonly IContainerRuntime _runtime;
    private readonly TimeProvider _time;
    private readonly IProgress<LifecycleEvent> _events;
    private readonly OwnContainers _own;

    /// <summary>Creates one.</summary>
    public ContainerStopper(IContainerRuntime runtime, TimeProvider time, IProgress<LifecycleEvent> events)
    {
        _runtime = runtime;
        _time = time;
        _events = events;
        _own = new OwnContainers(runtime);
    }

    /// <summary>Ends a container politely and removes it.</summary>
    /// <param name="id">The container.</param>
    /// <param name="grace">How long it may take to end; null takes the service's own.</param>
    /// <param name="cancellationToken">Ends the waiting; the container then goes on ending by itself.</param>
    public Task RemoveAsync(string id, TimeSpan? grace, CancellationToken cancellationToken) =>
        RemoveAsync(id, new StopPatience(grace), null, cancellationToken);

    /// <summary>Ends a container and removes it: at once when nothing of what it could still write outlives it, else politely.</summary>
    /// <param name="id">The container.</param>
    /// <param name="patience">How long it may take to end.</param>
    /// <param name="volumes">The names of volumes that are removed with it; null when its data is to stay.</param>
    /// <param name="cancellationToken">Ends the waiting; the container then goes on ending by itself.</param>
    /// <returns>What it was; null when it is gone or not ours.</returns>
    public async Task<ContainerDetails?> RemoveAsync(string id, StopPatience patience, IReadOnlyCollection<string>? volumes, CancellationToken cancellationToken)
    {
        if (await _own.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } container)
        {
            return null;
        }

        var definition = DefinitionNote.Read(container.Labels);
        var losesNothing = ContainerData.IsInMemory(container) || (volumes is not null && ContainerData.GoesWith(container, volumes));
        await AskToEndAsync(container, definition, patience.For(definition?.StopGrace ?? DefaultGrace, losesNothing), cancellationToken).ConfigureAwait(false);
        await _own.RemoveAsync(container, cancellationToken).ConfigureAwait(false);
        return container;
    }

    /// <summary>Ends a container politely and leaves it stopped; what it looks like then, or null when it is gone.</summary>
    /// <param name="id">The container.</param>
    /// <param name="definition">Its service; null when the catalog does not know it.</param>
    /// <param name="grace">How long it may take to end; null takes the service's own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ContainerDetails?> StopAsync(string id, ServiceDefinition? definition, TimeSpan? grace, CancellationToken cancellationToken)
    {
        if (await _own.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } container)
        {
            return null;
        }

        definition ??= DefinitionNote.Read(container.Labels);
        await AskToEndAsync(container, definition, grace ?? definition?.StopGrace ?? DefaultGrace, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (await _runtime.SignalContainerAsync(id, "SIGKILL", CancellationToken.None).ConfigureAwait(false))
        {
            using var limit = new CancellationTokenSource(KillLimit, _time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            await _runtime.WaitForExitAsync(id, linked.Token).ConfigureAwait(false);
        }

        return await _runtime.InspectContainerAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private async Task AskToEndAsync(ContainerDetails container, ServiceDefinition? definition, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (container.State is not (ContainerState.Running or ContainerState.Restarting or ContainerState.Paused) || patience <= TimeSpan.Zero)
        {
            return;
        }

        if (container.State == ContainerState.Paused)
        {
            // A frozen program hears no signal, and what it has not written yet would be lost.
            await _runtime.UnpauseContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
        }

        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var exited = _runtime.WaitForExitAsync(container.Id, watch.Token);
        var closing = new StopLineWatch(_runtime, definition?.StopLines ?? []);
        var closed = closing.RunAsync(container, watch.Token);
        try
        {
            var over = Task.Delay(patience, _time, watch.Token);
            if (!await SignalUntilHeardAsync(container, definition?.StopSignal ?? "SIGTERM", closing, Task.WhenAny(exited, closed, over), cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (exited.IsFaulted)
            {
                // Trouble with the daemon is no sign that the container has ended: it is not killed for that.
                await exited.ConfigureAwait(false);
            }

            if (!exited.IsCompleted && !closed.IsCompleted)
            {
                // Of what goes with its data nothing can be lost.
                var message = $"{container.Name} did not end within {patience.TotalSeconds:0.###} s of {definition?.StopSignal ?? "SIGTERM"} and is killed.";
                _events.Report(ContainerLabels.AreEphemeral(container.Labels) ? new Noted(container.Name, message) : new Degraded(container.Name, message));
            }
        }
        finally
        {
            await watch.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(Quietly(exited), Quietly(closed)).ConfigureAwait(false);
        }
    }

    // The first process of a container has no default action for a signal: one that comes before the program has set up
    // its handler is lost. Programs whose closing lines are known are therefore asked again until they show any sign.
    private async Task<bool> SignalUntilHeardAsync(ContainerDetails container, string signal, StopLineWatch closing, Task<Task> ended, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Not cut off: a signal that is may still arrive, when the container is wanted again.
            cancellationToken.ThrowIfCancellationRequested();
            if (!await _runtime.SignalContainerAsync(container.Id, signal, CancellationToken.None).ConfigureAwait(false))
            {
                return false;
            }

            if (closing.Expected == 0)
            {
                await ended.ConfigureAwait(false);
                return true;
            }

            var pause = Task.Delay(TimeSpan.FromMilliseconds(500), _time, cancellationToken);
            if (await Task.WhenAny(ended, pause).ConfigureAwait(false) == ended || closing.HasSeenAny)
            {
                await ended.ConfigureAwait(false);
                return true;
            }
        }
    }

    private static Task<AggregateException?> Quietly(Task task) =>
        task.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
