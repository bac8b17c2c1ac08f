using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>Measures what containers use.</summary>
internal sealed class ContainerStatsClient
{
    // Before it the engine measures twice, one to two seconds apart, and answers with both.
    private static readonly DockerApiVersion MeasuresOnce = new(1, 41);

    private readonly DockerHttp _http;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    public ContainerStatsClient(DockerHttp http) => _http = http;

    /// <inheritdoc cref="IContainerRuntime.ReadSampleAsync"/>
    public async Task<ContainerSample?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        // Not through the client library, which reads the one answer as a stream of them.
        var request = DockerRequest.Get(ContainersClient.PathOf(id) + "/stats", DockerObject.Container, $"measure the container '{id}'") with
        {
            Query = DockerQuery.Join("stream=0", _http.Version >= MeasuresOnce ? "one-shot=1" : ""),
        };
        try
        {
            var body = await _http.FindAsync(request, DockerJsonContext.Default.ContainerStatsResponse, cancellationToken).ConfigureAwait(false);
            return body is null ? null : StatsMapper.Sample(body);
        }
        catch (ContainerRuntimeException refusal) when (ContainersClient.IsAboutTheState(refusal))
        {
            // Podman refuses to measure what does not run; Docker answers with zeros.
            return null;
        }
    }
}
