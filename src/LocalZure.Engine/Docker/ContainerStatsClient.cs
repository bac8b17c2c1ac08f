using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;

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
        var call = DockerCall.Repeatable(DockerObject.Container, $"measure the container '{id}'");
        var parameters = new ContainerStatsParameters { Stream = false, OneShot = _http.Version >= MeasuresOnce ? true : null };
        try
        {
            var body = await _http.FindAsync(
                call,
                async (client, token) =>
                {
                    var answer = new LastReport<ContainerStatsResponse>();
                    await client.Containers.GetContainerStatsAsync(DockerQuery.Segment(id), parameters, answer, token).ConfigureAwait(false);
                    return answer.Value!;
                },
                cancellationToken).ConfigureAwait(false);
            return body is null ? null : StatsMapper.Sample(body);
        }
        catch (ContainerRuntimeException refusal) when (ContainersClient.IsAboutTheState(refusal))
        {
            // Podman refuses to measure what does not run; Docker answers with zeros.
            return null;
        }
    }
}
