using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>The volume calls of the Engine API.</summary>
internal sealed class VolumesClient
{
    private readonly DockerHttp _http;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    public VolumesClient(DockerHttp http)
    {
        _http = http;
    }

    /// <inheritdoc cref="IContainerRuntime.ListVolumesAsync"/>
    public async Task<IReadOnlyList<VolumeSummary>> ListAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Get("/volumes", DockerObject.Volume, "list volumes") with { Query = DockerQuery.Labels(labels) };
        var body = await _http.SendAsync(request, DockerJsonContext.Default.VolumeListBody, cancellationToken).ConfigureAwait(false);
        return body.Volumes?.ConvertAll(Summary) ?? [];
    }

    /// <inheritdoc cref="IContainerRuntime.CreateVolumeAsync"/>
    public async Task<VolumeSummary> CreateAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Post("/volumes/create", DockerObject.Volume, $"create the volume '{name}'") with
        {
            // A second request of one name is answered with the volume of the first.
            Repeat = Repeat.WhenFailed,
        };
        var body = await _http.SendAsync(
            request.With(new CreateVolumeBody { Name = name, Labels = labels }, DockerJsonContext.Default.CreateVolumeBody),
            DockerJsonContext.Default.VolumeBody,
            cancellationToken).ConfigureAwait(false);
        return Summary(body);
    }

    /// <inheritdoc cref="IContainerRuntime.InspectVolumeAsync"/>
    public async Task<VolumeSummary?> InspectAsync(string name, CancellationToken cancellationToken)
    {
        var request = DockerRequest.Get(PathOf(name), DockerObject.Volume, $"inspect the volume '{name}'");
        var body = await _http.FindAsync(request, DockerJsonContext.Default.VolumeBody, cancellationToken).ConfigureAwait(false);
        return body is null ? null : Summary(body);
    }

    /// <inheritdoc cref="IContainerRuntime.RemoveVolumeAsync"/>
    public Task<bool> RemoveAsync(string name, CancellationToken cancellationToken) =>
        _http.TrySendAsync(DockerRequest.Delete(PathOf(name), DockerObject.Volume, $"remove the volume '{name}'"), cancellationToken);

    private static string PathOf(string name) => "/volumes/" + DockerQuery.Segment(name);

    private static VolumeSummary Summary(VolumeBody body) => new(body.Name ?? "", body.Labels ?? [], body.CreatedAt);
}
