using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Logs;
using LocalZure.Engine.Docker.Transport;

namespace LocalZure.Engine.Docker;

/// <summary>Reads the output of containers.</summary>
internal sealed class ContainerLogsClient
{
    // From this version on the content type tells whether the stream is framed; before it, it always says "raw".
    private static readonly DockerApiVersion TellsFraming = new(1, 42);

    private static readonly TimeSpan AlmostASecond = TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1);

    private readonly DockerHttp _http;
    private readonly Func<string, CancellationToken, Task<ContainerDetails?>> _inspect;
    private readonly bool _piecesShareTimestamp;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    /// <param name="inspect">Reads a container.</param>
    /// <param name="piecesShareTimestamp">Whether the pieces of a long line carry the time of the first, as Docker's do, or each its own, as Podman's.</param>
    public ContainerLogsClient(DockerHttp http, Func<string, CancellationToken, Task<ContainerDetails?>> inspect, bool piecesShareTimestamp)
    {
        _http = http;
        _inspect = inspect;
        _piecesShareTimestamp = piecesShareTimestamp;
    }

    /// <inheritdoc cref="IContainerRuntime.ReadLogAsync"/>
    public async IAsyncEnumerable<ContainerLogLine> ReadAsync(string id, ContainerLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = RequestFor(id, query);
        using var response = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        if (response is null || await IsFramedAsync(id, response, cancellationToken).ConfigureAwait(false) is not { } framed)
        {
            yield break;
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var log = new DockerLogStream(body, new LogDecoder(framed, _piecesShareTimestamp), request.Action);
        await using (log.ConfigureAwait(false))
        {
            while (await log.ReadAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } lines)
            {
                foreach (var line in lines)
                {
                    if (IsWanted(line, query))
                    {
                        yield return line;
                    }
                }
            }
        }
    }

    // Podman 4.3 cuts the time of a line down to the second (2026-11-21T09:57:18Z): such a one may be younger than it seems by
    // almost a second, and only the engine, which knows the whole time, can leave out what is older within that second.
    private static bool IsWanted(ContainerLogLine line, ContainerLogQuery query)
    {
        var latest = line.Timestamp.UtcTicks % TimeSpan.TicksPerSecond == 0 ? line.Timestamp + AlmostASecond : line.Timestamp;
        return !(latest < query.Since) && !(line.Timestamp > query.Until);
    }

    private static DockerRequest RequestFor(string id, ContainerLogQuery query) =>
        DockerRequest.Get(ContainersClient.PathOf(id) + "/logs", DockerObject.Container, $"read the output of the container '{id}'") with
        {
            Query = DockerQuery.Join(
                "stdout=1&stderr=1&timestamps=1",
                query.Follow ? "follow=1" : "",
                query.Tail is { } tail ? string.Create(CultureInfo.InvariantCulture, $"tail={tail}") : "",
                query.Since is { } since ? "since=" + UnixTime(since, nanoseconds: 0) : "",
                query.Until is { } until ? "until=" + UnixTime(until, nanoseconds: 99) : ""),
        };

    // Seconds and nanoseconds: 1763694682.123456700. Times that were read are cut down to a tick of 100, whose whole length is meant.
    private static string UnixTime(DateTimeOffset time, int nanoseconds)
    {
        var ticks = Math.Max(0, time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks);
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond:0000000}{nanoseconds:00}");
    }

    private async Task<HttpResponseMessage?> OpenAsync(DockerRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal) when (refusal.StatusCode is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.Conflict)
        {
            // 404: gone. 409: can not get logs from container which is dead or marked for removal
            return null;
        }
        catch (ContainerRuntimeException refusal) when (IsUnreadable(refusal))
        {
            throw Unreadable(request, refusal);
        }
    }

    // The drivers none, and others where the daemon keeps no copy: "configured logging driver does not support reading"
    private static bool IsUnreadable(ContainerRuntimeException refusal) =>
        refusal.StatusCode == (int)HttpStatusCode.NotImplemented || refusal.Message.Contains("does not support reading", StringComparison.Ordinal);

    private static LocalZureException Unreadable(DockerRequest request, ContainerRuntimeException refusal) => new(
        ErrorCode.DockerApiError,
        $"Docker could not {request.Action}: its log driver keeps nothing that can be read.",
        "Give the container, or the daemon, a log driver that can be read: json-file, local or journald.",
        refusal);

    /// <summary>Whether the stream has frames; null when the container vanished meanwhile.</summary>
    private async Task<bool?> IsFramedAsync(string id, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (_http.Version >= TellsFraming)
        {
            switch (response.Content.Headers.ContentType?.MediaType)
            {
                case "application/vnd.docker.multiplexed-stream":
                    return true;
                case "application/vnd.docker.raw-stream":
                    return false;
                default:
                    break;
            }
        }

        var details = await _inspect(id, cancellationToken).ConfigureAwait(false);
        return details is null ? null : !details.Tty;
    }
}
