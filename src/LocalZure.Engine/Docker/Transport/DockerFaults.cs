using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Endpoints;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Puts failures of the connection in the engine's words.</summary>
internal static class DockerFaults
{
    /// <summary>Whether an exception tells of a failed connection or an unreadable answer.</summary>
    public static bool IsFault(Exception problem) =>
        problem is HttpRequestException or IOException or SocketException || IsUnreadable(problem);

    /// <summary>
    /// Whether an exception that the client library itself has thrown tells of an answer that it did not expect, such as a time that is
    /// none or a null where a number belongs. Of code of ours the same exceptions tell of a bug.
    /// </summary>
    public static bool IsLibraryFault(Exception problem) =>
        problem is NotImplementedException or FormatException or OverflowException or ArgumentException
        || (problem is InvalidOperationException and not ObjectDisposedException);

    /// <summary>The exception for it: DockerUnavailable when no connection came about, else a transient failure.</summary>
    public static LocalZureException From(DockerEndpoint endpoint, DockerCall call, Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is DockerDialException dial)
            {
                return Unreachable(endpoint, call, dial);
            }
        }

        var what = IsUnreadable(problem)
            ? "its answer cannot be read"
            : "the connection broke";
        return new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker could not {call.Action}: {what}.", null, problem);
    }

    /// <summary>The exception for an engine that took a connection but did not answer in time.</summary>
    public static LocalZureException Silent(DockerEndpoint endpoint, DockerCall call, TimeSpan limit) =>
        new(
            ErrorCode.DockerUnavailable,
            $"Docker at {endpoint.Address} did not {call.Action} within {Seconds(limit)}.",
            "Look whether the engine hangs, for example with 'docker version'; restart it if it does.");

    /// <summary>A time in words, for example <c>3 s</c>.</summary>
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static bool IsUnreadable(Exception problem) => problem is JsonException or NotSupportedException;

    private static LocalZureException Unreachable(DockerEndpoint endpoint, DockerCall call, DockerDialException dial) =>
        new(
            dial.Failure == DialFailure.PermissionDenied ? ErrorCode.DockerPermissionDenied : ErrorCode.DockerUnavailable,
            $"Docker at {endpoint.Address} cannot be reached to {call.Action}: {dial.Message}.",
            null,
            dial)
        {
            Evidence = [$"{endpoint.Address}: {dial.Message}"],
        };
}
