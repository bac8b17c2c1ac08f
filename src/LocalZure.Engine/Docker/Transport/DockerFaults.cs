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
        problem is HttpRequestException or IOException or SocketException or JsonException or NotSupportedException;

    /// <summary>The exception for it: DockerUnavailable when no connection came about, else a transient failure.</summary>
    public static LocalZureException From(DockerEndpoint endpoint, DockerRequest request, Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is DockerDialException dial)
            {
                return Unreachable(endpoint, request, dial);
            }
        }

        var what = problem is JsonException or NotSupportedException
            ? "its answer cannot be read"
            : "the connection broke";
        return new ContainerRuntimeException(RuntimeFailure.Transient, $"Docker could not {request.Action}: {what}.", null, problem);
    }

    /// <summary>The exception for an engine that took a connection but did not answer in time.</summary>
    public static LocalZureException Silent(DockerEndpoint endpoint, DockerRequest request, TimeSpan limit) =>
        new(
            ErrorCode.DockerUnavailable,
            $"Docker at {endpoint.Address} did not {request.Action} within {Seconds(limit)}.",
            "Look whether the engine hangs, for example with 'docker version'; restart it if it does.");

    /// <summary>A time in words, for example <c>3 s</c>.</summary>
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static LocalZureException Unreachable(DockerEndpoint endpoint, DockerRequest request, DockerDialException dial) =>
        new(
            dial.Failure == DialFailure.PermissionDenied ? ErrorCode.DockerPermissionDenied : ErrorCode.DockerUnavailable,
            $"Docker at {endpoint.Address} cannot be reached to {request.Action}: {dial.Message}.",
            null,
            dial)
        {
            Evidence = [$"{endpoint.Address}: {dial.Message}"],
        };
}
