using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>A connection to an endpoint could not be made. Nothing was sent.</summary>
internal sealed class DockerDialException : IOException
{
    /// <summary>Creates one.</summary>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="message">The reason, to be read after the endpoint's address.</param>
    /// <param name="innerException">The cause; null when this is the cause.</param>
    public DockerDialException(DialFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
    }

    /// <summary>The kind of failure.</summary>
    public DialFailure Failure { get; }

    /// <summary>Whether an exception tells of a connection that could not be made.</summary>
    public static bool IsDialProblem(Exception problem) =>
        problem is SocketException or IOException or AuthenticationException or UnauthorizedAccessException or CryptographicException;

    /// <summary>Tells in a few words what stood in the way of a connection.</summary>
    public static DockerDialException From(Exception problem) => problem switch
    {
        DockerDialException dial => dial,
        SocketException socket => FromSocket(socket),
        UnauthorizedAccessException => new(DialFailure.PermissionDenied, "permission denied", problem),
        FileNotFoundException or DirectoryNotFoundException => new(DialFailure.NotThere, problem.Message, problem),
        AuthenticationException => new(DialFailure.Other, "TLS failed: " + (problem.InnerException ?? problem).Message, problem),
        CryptographicException => new(DialFailure.Other, "a certificate or key cannot be read: " + problem.Message, problem),
        IOException { InnerException: SocketException inner } => FromSocket(inner),
        _ => new(DialFailure.Other, problem.Message, problem),
    };

    private static DockerDialException FromSocket(SocketException problem) => problem.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new(DialFailure.Refused, "connection refused", problem),
        SocketError.AccessDenied => new(DialFailure.PermissionDenied, "permission denied", problem),
        SocketError.TimedOut => new(DialFailure.TimedOut, "no answer", problem),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => new(DialFailure.NotThere, "no such host", problem),
        SocketError.AddressNotAvailable => new(DialFailure.NotThere, "not there", problem),
        _ => new(DialFailure.Other, problem.Message, problem),
    };
}
