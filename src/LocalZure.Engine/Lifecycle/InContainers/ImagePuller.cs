using System.Collections.Concurrent;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Pulls each image once, however many services of this process want it at the same time.</summary>
internal sealed class ImagePuller
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Pulls the image of a service that was found missing.</summary>
    /// <param name="runtime">The runtime to pull it to.</param>
    /// <param name="desired">The service.</param>
    /// <param name="time">The clock.</param>
    /// <param name="events">Told bytes and layers.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    /// <exception cref="LocalZureException">ImagePullFailed when it took longer than it may, or the error of the pull.</exception>
    public async Task PullAsync(IContainerRuntime runtime, DesiredService desired, TimeProvider time, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(desired.PullLimit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await PullAsync(runtime, desired.Image, desired.Key.ContainerName, events, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LocalZureException(
                ErrorCode.ImagePullFailed,
                $"The image '{desired.Image}' of {desired.Key} was not pulled within {desired.PullLimit.TotalSeconds:0.#} s.",
                "Try again, layers that are complete are kept; or give it longer with timeouts.pull in localzure.yml.")
            { Service = desired.Key.Name, Instance = desired.Key.Instance };
        }
        catch (LocalZureException e) when (desired.ImageOrigin is { } origin && e.Code is ErrorCode.ImageNotFound or ErrorCode.ImagePullFailed)
        {
            throw new LocalZureException(
                e.Code,
                $"{e.Message} It is the Alpine variant, which {origin} chose.",
                $"{e.Remedy} Or set LOCALZURE_VARIANT=default, which takes the usual image '{desired.UsualImage}'.",
                e)
            { Service = desired.Key.Name, Instance = desired.Key.Instance, Evidence = e.Evidence };
        }
    }

    private async Task PullAsync(IContainerRuntime runtime, string image, string subject, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
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
