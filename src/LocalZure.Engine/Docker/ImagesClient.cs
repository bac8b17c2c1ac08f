using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Builds;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>The image calls of the Engine API.</summary>
internal sealed class ImagesClient
{
    private readonly DockerHttp _http;
    private readonly ImagePuller _puller;
    private readonly ImageBuildClient _builder;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="credentials">Finds credentials of registries.</param>
    public ImagesClient(DockerHttp http, RegistryCredentials credentials)
    {
        _http = http;
        _puller = new ImagePuller(http, credentials);
        _builder = new ImageBuildClient(http, credentials, ExistsAsync);
    }

    /// <inheritdoc cref="IContainerRuntime.ImageExistsAsync"/>
    public Task<bool> ExistsAsync(string image, CancellationToken cancellationToken) =>
        _http.TrySendAsync(
            DockerRequest.Get($"/images/{DockerQuery.Segment(image)}/json", DockerObject.Image, $"look for the image '{image}'"),
            cancellationToken);

    /// <inheritdoc cref="IContainerRuntime.PullImageAsync"/>
    public Task PullAsync(string image, IProgress<PullProgress>? progress, CancellationToken cancellationToken) =>
        _puller.PullAsync(image, progress, cancellationToken);

    /// <inheritdoc cref="IContainerRuntime.BuildImageAsync"/>
    public Task BuildAsync(BuildSpec spec, IProgress<BuildProgress>? progress, CancellationToken cancellationToken) =>
        _builder.BuildAsync(spec, progress, cancellationToken);
}
