using System.Net.Sockets;

namespace LocalZure.Engine.Health;

/// <summary>Puts failures of connections into words. None of them is final: a port may be forwarded late.</summary>
internal static class SocketFailures
{
    /// <summary>The socket's failure within an exception; null when there is none. A broken connection's is inside an IOException inside the request's.</summary>
    public static SocketError? In(Exception? e) => e switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        _ => In(e.InnerException),
    };

    /// <summary>The failure in words.</summary>
    public static string Describe(SocketError code) => code switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset",
        _ => $"connection failed: {code}",
    };
}
