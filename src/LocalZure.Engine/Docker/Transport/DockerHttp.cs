using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Sends the calls of the Engine API: limits their time, repeats those that may be, and throws the engine's refusals.</summary>
internal sealed class DockerHttp : IDisposable
{
    private readonly DockerTransport _transport;
    private readonly TimeProvider _time;

    /// <summary>Creates one.</summary>
    /// <param name="transport">The connections; owned by this.</param>
    /// <param name="limits">How long to wait for what.</param>
    /// <param name="time">The clock.</param>
    /// <param name="version">The API version that is spoken; null to leave it to the engine, as before the negotiation.</param>
    public DockerHttp(DockerTransport transport, DockerLimits limits, TimeProvider time, DockerApiVersion? version = null)
    {
        _transport = transport;
        Limits = limits;
        _time = time;
        Version = version;
    }

    /// <summary>How long to wait for what.</summary>
    public DockerLimits Limits { get; }

    /// <summary>The API version that is spoken; null before the negotiation.</summary>
    public DockerApiVersion? Version { get; }

    /// <summary>Sends a call whose answer is not read.</summary>
    public Task SendAsync(DockerRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, DiscardAsync, cancellationToken);

    /// <summary>Sends a call of whose answer only the head is read; the limit holds to the end of the body all the same.</summary>
    public Task<T> SendAsync<T>(DockerRequest request, Func<HttpResponseMessage, T> readHead, CancellationToken cancellationToken) =>
        RunAsync(
            request,
            async (response, token) =>
            {
                await DiscardAsync(response, token).ConfigureAwait(false);
                return readHead(response);
            },
            cancellationToken);

    /// <summary>Sends a call and reads its answer.</summary>
    public Task<T> SendAsync<T>(DockerRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        RunAsync(request, (response, token) => ReadAsync(response, type, token), cancellationToken);

    /// <summary>Sends a call and reads its answer; null when the engine does not have the thing (404).</summary>
    public async Task<T?> FindAsync<T>(DockerRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await SendAsync(request, type, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal) when (refusal.StatusCode == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Sends a call whose answer is not read; false when the engine does not have the thing (404).</summary>
    public async Task<bool> TrySendAsync(DockerRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ContainerRuntimeException refusal) when (refusal.StatusCode == (int)HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Sends a call whose answer is a stream. The limit holds until the head of the answer is there; the caller disposes the answer.</summary>
    public Task<HttpResponseMessage> OpenAsync(DockerRequest request, CancellationToken cancellationToken) =>
        RepeatAsync(request, OpenOnceAsync, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonSerializer.DeserializeAsync(stream, type, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("The answer is null.");
        }
    }

    private static async Task<bool> DiscardAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private Task<T> RunAsync<T>(DockerRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        RepeatAsync(
            request,
            async (once, token) =>
            {
                using var response = await OpenOnceAsync(once, token).ConfigureAwait(false);
                return await read(response, token).ConfigureAwait(false);
            },
            cancellationToken);

    private async Task<T> RepeatAsync<T>(DockerRequest request, Func<DockerRequest, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var repeats = 0; ; repeats++)
        {
            try
            {
                return await AttemptAsync(request, attempt, cancellationToken).ConfigureAwait(false);
            }
            catch (LocalZureException failure) when (repeats < Limits.RetryDelays.Count && RepeatRule.Allows(request.Repeat, failure))
            {
                await Task.Delay(Limits.RetryDelays[repeats], _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<T> AttemptAsync<T>(DockerRequest request, Func<DockerRequest, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? Limits.Call;
        using var timer = new CancellationTokenSource(limit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await attempt(request, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw DockerFaults.Silent(_transport.Endpoint, request, limit);
        }
        catch (Exception problem) when (DockerFaults.IsFault(problem))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw DockerFaults.From(_transport.Endpoint, request, problem);
        }
    }

    private async Task<HttpResponseMessage> OpenOnceAsync(DockerRequest request, CancellationToken cancellationToken)
    {
        using var message = MessageOf(request);
        var response = await _transport.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return response;
        }

        using (response)
        {
            throw await RefusalReader.ReadAsync(request, response, cancellationToken).ConfigureAwait(false);
        }
    }

    private HttpRequestMessage MessageOf(DockerRequest request)
    {
        var version = Version is { } known ? $"/v{known}" : "";
        var query = request.Query.Length > 0 ? "?" + request.Query : "";
        var message = new HttpRequestMessage(request.Method, new Uri(version + request.Path + query, UriKind.Relative));
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }
        else
        {
            message.Content = request.Content?.Invoke();
        }

        if (request.RegistryAuth is { } auth)
        {
            message.Headers.TryAddWithoutValidation("X-Registry-Auth", auth);
        }

        if (request.RegistryConfig is { } config)
        {
            message.Headers.TryAddWithoutValidation("X-Registry-Config", config);
        }

        return message;
    }
}
