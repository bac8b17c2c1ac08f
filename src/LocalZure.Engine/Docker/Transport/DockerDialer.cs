using System.IO.Pipes;
using System.Net.Sockets;
using LocalZure.Engine.Docker.Endpoints;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Opens connections to an endpoint.</summary>
internal static class DockerDialer
{
    /// <summary>Opens one connection.</summary>
    /// <exception cref="DockerDialException">No connection came about.</exception>
    public static async Task<Stream> DialAsync(DockerEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return endpoint.Kind switch
            {
                DockerEndpointKind.UnixSocket => await DialUnixAsync(endpoint.Target, cancellationToken).ConfigureAwait(false),
                DockerEndpointKind.NamedPipe => await DialPipeAsync(endpoint, cancellationToken).ConfigureAwait(false),
                DockerEndpointKind.Ssh => SshStream.Open(endpoint),
                _ => await DialTcpAsync(endpoint, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (Exception problem) when (DockerDialException.IsDialProblem(problem))
        {
            throw DockerDialException.From(problem);
        }
    }

    private static async Task<Stream> DialUnixAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new DockerDialException(DialFailure.NotThere, "not there");
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(EndPointOf(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static UnixDomainSocketEndPoint EndPointOf(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException problem)
        {
            throw new DockerDialException(DialFailure.Other, "the path is too long for a socket", problem);
        }
    }

    private static async Task<Stream> DialPipeAsync(DockerEndpoint endpoint, CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(endpoint.PipeServer, endpoint.Target, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return pipe;
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<Stream> DialTcpAsync(DockerEndpoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A peer that vanished ends a wait or a followed log, which are silent for hours when all is well.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(endpoint.Target, endpoint.Port, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return endpoint.Tls is { } tls
                ? await TlsDialer.AuthenticateAsync(stream, endpoint.Target, tls, cancellationToken).ConfigureAwait(false)
                : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
