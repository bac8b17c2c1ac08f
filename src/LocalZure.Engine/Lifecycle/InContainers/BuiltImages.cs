using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>What becomes of images that were built for services.</summary>
internal sealed class BuiltImages
{
    private readonly IContainerRuntime _runtime;

    /// <summary>Creates one.</summary>
    public BuiltImages(IContainerRuntime runtime) => _runtime = runtime;

    /// <summary>
    /// Whether a service's container was made from something else than an image holds. An image that is built anew has another id
    /// each time, since it knows when it was made.
    /// </summary>
    /// <param name="key">The service.</param>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<bool> IsOtherAsync(ServiceKey key, string image, CancellationToken cancellationToken)
    {
        if (await _runtime.InspectContainerAsync(key.ContainerName, cancellationToken).ConfigureAwait(false) is not { } container)
        {
            return false;
        }

        var used = await _runtime.InspectImageAsync(container.ImageId, cancellationToken).ConfigureAwait(false);
        var built = await _runtime.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
        return used is null || used.Content != built?.Content;
    }

    /// <summary>Removes an image that was built for a service, unless a container was made from it.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task RemoveUnusedAsync(string image, CancellationToken cancellationToken)
    {
        if (await _runtime.InspectImageAsync(image, cancellationToken).ConfigureAwait(false) is not { } found || !Labels.AreOfBuild(found.Labels))
        {
            return;
        }

        try
        {
            await _runtime.RemoveImageAsync(image, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException e) when (e.Failure is RuntimeFailure.InUse or RuntimeFailure.Conflict)
        {
            // "conflict: unable to remove repository reference ... container 0123 is using its referenced image": who removes that
            // container removes the image.
        }
    }

    /// <summary>Removes what was built for a start that failed, if that is wanted.</summary>
    /// <param name="desired">The service.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public Task RemoveAfterFailureAsync(DesiredService desired, CancellationToken cancellationToken) =>
        desired is { Build: not null, ImageCleanup: not ImageCleanup.Never, Image.Length: > 0 } ? RemoveUnusedAsync(desired.Image, cancellationToken) : Task.CompletedTask;
}
