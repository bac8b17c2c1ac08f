using System.Collections.ObjectModel;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;

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
    public Task<IReadOnlyList<VolumeSummary>> ListAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        var parameters = new VolumesListParameters { Filters = DockerQuery.Labels(labels) };
        return _http.AskAsync(
            DockerCall.Repeatable(DockerObject.Volume, "list volumes"),
            (client, token) => client.Volumes.ListAsync(parameters, token),
            answer => Answers.Map(answer.Volumes, Summary),
            cancellationToken);
    }

    /// <inheritdoc cref="IContainerRuntime.CreateVolumeAsync"/>
    public async Task<VolumeSummary> CreateAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var parameters = new VolumesCreateParameters { Name = name, Labels = new Dictionary<string, string>(labels) };
        // A second request of one name is answered with the volume of the first.
        var call = DockerCall.Repeatable(DockerObject.Volume, $"create the volume '{name}'");
        return Summary(await _http.AskAsync(call, (client, token) => client.Volumes.CreateAsync(parameters, token), cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc cref="IContainerRuntime.InspectVolumeAsync"/>
    public async Task<VolumeSummary?> InspectAsync(string name, CancellationToken cancellationToken)
    {
        var call = DockerCall.Repeatable(DockerObject.Volume, $"inspect the volume '{name}'");
        var found = await _http.FindAsync(call, (client, token) => client.Volumes.InspectAsync(DockerQuery.Segment(name), token), cancellationToken).ConfigureAwait(false);
        return found is null ? null : Summary(found);
    }

    /// <inheritdoc cref="IContainerRuntime.RemoveVolumeAsync"/>
    public Task<bool> RemoveAsync(string name, CancellationToken cancellationToken) =>
        _http.TryTellAsync(
            DockerCall.Repeatable(DockerObject.Volume, $"remove the volume '{name}'"),
            (client, token) => client.Volumes.RemoveAsync(DockerQuery.Segment(name), force: null, token),
            cancellationToken);

    private static VolumeSummary Summary(VolumeResponse volume) =>
        new(volume.Name ?? "", volume.Labels?.AsReadOnly() ?? ReadOnlyDictionary<string, string>.Empty, EngineTime.Of(volume.CreatedAt));
}
