using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Gives the client library connections of this engine instead of its own.</summary>
internal sealed class DockerHandlerFactory : IDockerHandlerFactory<DockerTransport>
{
    /// <inheritdoc/>
    public ResolvedTransport CreateHandler(DockerTransport transportOptions, ResolvedClientOptions clientOptions, ILogger logger) =>
        new(transportOptions.Handler, clientOptions.Endpoint);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: the connections belong to a transport, which the options name.</exception>
    public ResolvedTransport CreateHandler(ResolvedClientOptions clientOptions, ILogger logger) =>
        throw new NotSupportedException("Connections come from a transport.");

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: no call is made that takes its connection over.</exception>
    public Task<WriteClosableStream> HijackStreamAsync(HttpContent content) =>
        throw new NotSupportedException("No call takes its connection over.");
}
