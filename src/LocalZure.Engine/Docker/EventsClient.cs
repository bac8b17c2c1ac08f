using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Docker.DotNet.Models;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Docker.Wire;

namespace LocalZure.Engine.Docker;

/// <summary>Reads the events of an engine.</summary>
internal sealed class EventsClient
{
    // "type" keeps what services do in volumes and networks away; images have no label of ours, so that labels cannot be asked for.
    // A container's health is asked for by the beginning of its word, since the result is a part of it.
    private const string Filters =
        """{"type":["container","image"],"event":["create","start","die","oom","stop","destroy","pause","unpause","health_status","pull","died","remove"]}""";

    private readonly DockerHttp _http;

    /// <summary>Creates one.</summary>
    /// <param name="http">Sends the calls.</param>
    public EventsClient(DockerHttp http) => _http = http;

    /// <inheritdoc cref="IContainerRuntime.ReadEventsAsync"/>
    public async IAsyncEnumerable<RuntimeEvent> ReadAsync(DateTimeOffset since, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = DockerRequest.Get("/events", DockerObject.Engine, "tell its events") with
        {
            Query = DockerQuery.Join($"since={UnixTime(since)}", until is { } end ? $"until={UnixTime(end)}" : "", DockerQuery.Pair("filters", Filters)),
        };
        using var response = await _http.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(body);
        while (await ReadLineAsync(reader, request.Action, cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0 && EventOf(line, request.Action) is { } happened)
            {
                yield return happened;
            }
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader, string action, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Broken(action, "the connection broke", problem);
        }
    }

    private static RuntimeEvent? EventOf(string line, string action)
    {
        Message body;
        try
        {
            body = JsonSerializer.Deserialize(line, DockerJsonContext.Default.Message)!;
        }
        catch (JsonException problem)
        {
            // A line that the engine had no time to finish.
            throw Broken(action, "it ended inside an event", problem);
        }

        if (body is not { Action: { } word, Actor: { ID: { } id } actor } || body.Type is not ("container" or "image"))
        {
            return null;
        }

        var time = body.TimeNano is { } nanoseconds and > 0 ? DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100) : DateTimeOffset.FromUnixTimeSeconds(body.Time ?? 0);
        var attributes = (actor.Attributes ?? new Dictionary<string, string>()).ToDictionary(pair => pair.Key, pair => pair.Value ?? "", StringComparer.Ordinal);
        return new RuntimeEvent(time, body.Type == "image", word, id, attributes);
    }

    private static ContainerRuntimeException Broken(string action, string why, Exception cause) =>
        new(RuntimeFailure.Transient, $"Docker could not {action}: {why}.", null, cause);

    // Seconds and nanoseconds: 1763694682.123456700
    private static string UnixTime(DateTimeOffset time)
    {
        var ticks = Math.Max(0, time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks);
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond:0000000}00");
    }
}
