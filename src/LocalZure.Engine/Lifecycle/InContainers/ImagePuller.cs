using System.Collections.Concurrent;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Pulls each image once, however many services of this process want it at the same time.</summary>
internal sealed class ImagePuller
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Pulls an image that was found missing.</summary>
    /// <param name="runtime">The runtime to pull it to.</param>
    /// <param name="image">The image.</param>
    /// <param name="subject">The container's name, for progress.</param>
    /// <param name="events">Told bytes and layers.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    public async Task PullAsync(IContainerRuntime runtime, string image, string subject, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(image, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await runtime.ImageExistsAsync(image, cancellationToken).ConfigureAwait(false))
            {
                await runtime.PullImageAsync(image, new PullReporter(subject, events), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            gate.Release();
        }
    }
}
