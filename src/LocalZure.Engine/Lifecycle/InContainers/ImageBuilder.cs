using System.Collections.Concurrent;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Images;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Builds each image once, however many services of however many processes want it at the same time.</summary>
internal sealed class ImageBuilder
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);
    private readonly string _home;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="home">The LocalZure home, for locks between processes.</param>
    /// <param name="time">The clock.</param>
    public ImageBuilder(string home, TimeProvider time)
    {
        _home = home;
        _time = time;
    }

    /// <summary>Sees to it that an image is there and answers with its name.</summary>
    /// <param name="runtime">The runtime to build with.</param>
    /// <param name="build">What is built.</param>
    /// <param name="events">Told the steps.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="LocalZureException">BuildFailed, BuildTimeout, DiskFull, or the error of the pull of a base image.</exception>
    public async Task<string> EnsureAsync(IContainerRuntime runtime, ImageBuild build, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(build.Limit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await RunAsync(runtime, build, events, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LocalZureException(ErrorCode.BuildTimeout, $"The image of {build.Service} was not built within {build.Limit.TotalSeconds:0.#} s.") { Service = build.Service };
        }
    }

    private async Task<string> RunAsync(IContainerRuntime runtime, ImageBuild build, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var (image, context) = await build.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!build.Always && await runtime.ImageExistsAsync(image, cancellationToken).ConfigureAwait(false))
        {
            return image;
        }

        var gate = _gates.GetOrAdd(image, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Another process may take as long as this one: the limit of the build ends the waiting.
            var held = await FileLock.AcquireAsync(LockFile(image), TimeSpan.MaxValue, _time, cancellationToken).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                if (build.Always || !await runtime.ImageExistsAsync(image, cancellationToken).ConfigureAwait(false))
                {
                    await runtime.BuildImageAsync(SpecOf(build, image, context), new BuildReporter(build.Subject, events), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            gate.Release();
        }

        return image;
    }

    // localzure/web:0123456789abcdef
    private string LockFile(string image) => Path.Combine(_home, "locks", $"build-{SafeName.Of(image[(image.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace(':', '-'))}.lock");

    private static BuildSpec SpecOf(ImageBuild build, string image, BuildContext context)
    {
        Dictionary<string, string> labels = new(StringComparer.Ordinal)
        {
            // No label of a container: whoever runs the image would have a container that has it.
            [Labels.BuiltFor] = build.Service,
            [Labels.BuiltBy] = ModuleVersion.Text,
        };
        if (build.Project is { } project)
        {
            labels[Labels.BuiltIn] = project;
        }

        return new BuildSpec
        {
            Tag = image,
            Files = context.Files,
            Dockerfile = context.Dockerfile,
            Target = build.Target,
            Arguments = build.Arguments,
            Labels = labels,
            NoCache = build.Always,
        };
    }
}
