using System.Text.Json.Nodes;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Builds;
using LocalZure.Engine.Docker.Registry;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

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
        _http.TrySendAsync(Inspection(image), cancellationToken);

    /// <inheritdoc cref="IContainerRuntime.InspectImageAsync"/>
    public async Task<ImageSummary?> InspectAsync(string image, CancellationToken cancellationToken)
    {
        // Not through the client library: an image is told from another by all of its configuration, of which that keeps what it knows.
        if (await _http.FindAsync(Inspection(image), DockerJsonContext.Default.ImageBody, cancellationToken).ConfigureAwait(false) is not { } body)
        {
            return null;
        }

        // The step before the last and the container that made it, which are others each time.
        var config = body.Config ?? [];
        config.Remove("Image");
        config.Remove("Hostname");
        var labels = config["Labels"] is JsonObject texts ? texts.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.Ordinal) : [];
        return new ImageSummary(body.Id ?? "", labels, $"{string.Join(' ', body.RootFS?.Layers ?? [])} {config.ToJsonString()}");
    }

    /// <inheritdoc cref="IContainerRuntime.RemoveImageAsync"/>
    public Task<bool> RemoveAsync(string image, CancellationToken cancellationToken) =>
        _http.TrySendAsync(DockerRequest.Delete(PathOf(image), DockerObject.Image, $"remove the image '{image}'"), cancellationToken);

    /// <inheritdoc cref="IContainerRuntime.PullImageAsync"/>
    public Task PullAsync(string image, IProgress<PullProgress>? progress, CancellationToken cancellationToken) =>
        _puller.PullAsync(image, progress, cancellationToken);

    /// <inheritdoc cref="IContainerRuntime.BuildImageAsync"/>
    public Task BuildAsync(BuildSpec spec, IProgress<BuildProgress>? progress, CancellationToken cancellationToken) =>
        _builder.BuildAsync(spec, progress, cancellationToken);

    private static string PathOf(string image) => "/images/" + DockerQuery.Segment(image);

    private static DockerRequest Inspection(string image) => DockerRequest.Get(PathOf(image) + "/json", DockerObject.Image, $"look for the image '{image}'");
}
