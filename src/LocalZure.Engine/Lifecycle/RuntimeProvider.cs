using System.Collections.Concurrent;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Lifecycle;

/// <summary>Keeps one connection to the container runtime, and finds another when it breaks.</summary>
internal sealed class RuntimeProvider : IAsyncDisposable
{
    private static readonly TimeSpan BriefLook = TimeSpan.FromSeconds(2);

    private readonly IContainerRuntimeConnector _connector;
    private readonly StateObserver _observer;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentBag<IContainerRuntime> _broken = [];
    private IContainerRuntime? _runtime;

    /// <summary>Creates one.</summary>
    /// <param name="connector">Finds the runtime.</param>
    /// <param name="observer">Takes snapshots.</param>
    /// <param name="time">The clock.</param>
    public RuntimeProvider(IContainerRuntimeConnector connector, StateObserver observer, TimeProvider time)
    {
        _time = time;
        _connector = connector;
        _observer = observer;
    }

    /// <summary>
    /// A snapshot of everything of ours with the runtime it was taken from. Without a runtime the snapshot holds the host
    /// processes alone, and the reason is there.
    /// </summary>
    public Task<Observation> ObserveAsync(CancellationToken cancellationToken) => ObserveAsync(null, cancellationToken);

    /// <summary>The same with a limit for connecting, all endpoints together; null for as long as they need to be tried.</summary>
    public async Task<Observation> ObserveAsync(TimeSpan? limit, CancellationToken cancellationToken)
    {
        LocalZureException failure;
        var kept = _runtime;
        try
        {
            return await ObserveOnceAsync(limit, cancellationToken).ConfigureAwait(false);
        }
        catch (LocalZureException e) when (IsAbsence(e))
        {
            Forget();
            failure = e;
        }

        if (kept is not null)
        {
            // The kept connection broke: the engine may be back already, or another one may answer.
            try
            {
                return await ObserveOnceAsync(limit, cancellationToken).ConfigureAwait(false);
            }
            catch (LocalZureException e) when (IsAbsence(e))
            {
                Forget();
                failure = e;
            }
        }

        return new Observation(null, await _observer.ObserveAsync(null, cancellationToken).ConfigureAwait(false), failure);
    }

    /// <summary>The same for services that were found: null when none of them is in a container, so that Docker need not be asked.</summary>
    public async Task<Observation?> ObserveForAsync(IReadOnlyList<Service> services, CancellationToken cancellationToken) =>
        services.Any(service => service.Mode == ServiceMode.Docker) ? await ObserveAsync(cancellationToken).ConfigureAwait(false) : null;

    /// <summary>The same for a call that can do without a runtime: one that does not answer soon counts as none.</summary>
    public async Task<Observation> ObserveBrieflyAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(BriefLook, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ObserveAsync(linked.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is LocalZureException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var failure = e as LocalZureException ?? new LocalZureException(ErrorCode.DockerUnavailable, $"Docker did not answer within {BriefLook.TotalSeconds:0.#} s.");
            return new Observation(null, await _observer.ObserveAsync(null, cancellationToken).ConfigureAwait(false), failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Forget();
        while (_broken.TryTake(out var runtime))
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
        }

        _gate.Dispose();
    }

    private static bool IsAbsence(LocalZureException e) => e.Code is ErrorCode.DockerUnavailable or ErrorCode.DockerPermissionDenied;

    private async Task<Observation> ObserveOnceAsync(TimeSpan? limit, CancellationToken cancellationToken)
    {
        var runtime = await ConnectAsync(limit, cancellationToken).ConfigureAwait(false);
        return new Observation(runtime, await _observer.ObserveAsync(runtime, cancellationToken).ConfigureAwait(false), null);
    }

    private async Task<IContainerRuntime> ConnectAsync(TimeSpan? limit, CancellationToken cancellationToken)
    {
        if (limit is not { } longest)
        {
            return await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }

        using var timer = new CancellationTokenSource(longest, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await ConnectAsync(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LocalZureException(ErrorCode.DockerUnavailable, $"Docker did not answer within the {longest.TotalSeconds:0.###} s of timeouts.connect.");
        }
    }

    private async Task<IContainerRuntime> ConnectAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _runtime ??= await _connector.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    // Not disposed yet: other calls of this engine may still be using it, and each has its own answer to a daemon that is gone.
    private void Forget()
    {
        if (Interlocked.Exchange(ref _runtime, null) is { } runtime)
        {
            _broken.Add(runtime);
        }
    }
}
