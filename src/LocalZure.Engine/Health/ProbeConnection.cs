using System.Net.Sockets;

namespace LocalZure.Engine.Health;

/// <summary>Opens the connections of probes.</summary>
internal static class ProbeConnection
{
    /// <summary>Connects to a port of this machine.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<Socket> OpenAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return IsItsOwnPeer(socket) ? throw new SocketException((int)SocketError.ConnectionRefused) : socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A port that nobody listens on yet may be given to the near end of the very connection that looks for it: both ends then
    // meet (RFC 9293, simultaneous open), the look succeeds, and the service cannot bind its port. Whoever asks often enough
    // for a port from the range of outgoing connections gets there.
    private static bool IsItsOwnPeer(Socket socket)
    {
        if (!Equals(socket.LocalEndPoint, socket.RemoteEndPoint))
        {
            return false;
        }

        // Given back at once, without the minute of TIME_WAIT.
        socket.LingerState = new LingerOption(true, 0);
        return true;
    }
}
