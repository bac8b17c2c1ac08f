using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace LocalZure.PowerShell.Pipeline;

/// <summary>
/// Runs work on the thread pool while the pipeline thread performs what the work wants written, in order. Knows nothing of
/// PowerShell. For one run.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    // Bounded, so that a slow pipeline slows the work down rather than filling memory.
    private readonly BlockingCollection<Action> _writes = new(boundedCapacity: 64);

    /// <summary>Asks for a write. Waits while the pipeline is far behind; does nothing once the run has ended.</summary>
    public void Post(Action write)
    {
        try
        {
            _writes.Add(write);
        }
        catch (InvalidOperationException)
        {
            // The run has ended and nobody listens any more.
        }
    }

    /// <summary>
    /// Runs the work and performs its writes on this thread until the work has ended, its clean-up included. Once
    /// <paramref name="stop"/> is cancelled nothing more is written. A write that throws cancels the work and is rethrown when
    /// the work has ended; a failure of the work itself is thrown as it is; cancellation that was asked for is no failure.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="stop">Cancels the work.</param>
    public void Run(Func<CancellationToken, Task> work, CancellationTokenSource stop)
    {
        var running = Task.Run(() => CompleteAsync(work, stop.Token), CancellationToken.None);
        var thrown = Drain(stop);
        try
        {
            running.GetAwaiter().GetResult();
        }
        catch (Exception e) when (thrown is not null || (e is OperationCanceledException && stop.IsCancellationRequested))
        {
            // Asked to stop. When a write threw, that is what the caller must see.
        }

        thrown?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose() => _writes.Dispose();

    private async Task CompleteAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writes.CompleteAdding();
        }
    }

    private ExceptionDispatchInfo? Drain(CancellationTokenSource stop)
    {
        ExceptionDispatchInfo? thrown = null;
        foreach (var write in _writes.GetConsumingEnumerable(CancellationToken.None))
        {
            // Taken off the queue all the same: work that is cleaning up may wait for room in it.
            if (stop.IsCancellationRequested)
            {
                continue;
            }

            try
            {
                write();
            }
            catch (Exception e)
            {
                thrown = ExceptionDispatchInfo.Capture(e);
                stop.Cancel();
            }
        }

        return thrown;
    }
}
