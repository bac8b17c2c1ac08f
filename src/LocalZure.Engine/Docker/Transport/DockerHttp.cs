using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Docker.DotNet;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>Sends the calls of the Engine API: limits their time, repeats those that may be, and throws the engine's refusals.</summary>
internal sealed class DockerHttp : IDisposable
{
    private readonly DockerTransport _transport;
    private readonly TimeProvider _time;
    private readonly Lazy<DockerClient> _client;

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
        _client = new Lazy<DockerClient>(() => transport.CreateClient(version));
    }

    /// <summary>How long to wait for what.</summary>
    public DockerLimits Limits { get; }

    /// <summary>The API version that is spoken; null before the negotiation.</summary>
    public DockerApiVersion? Version { get; }

    /// <summary>Makes a call through the client library.</summary>
    /// <param name="call">What is known of it.</param>
    /// <param name="send">Makes it, anew for each time that it is sent; nothing but the library's call.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<T> AskAsync<T>(DockerCall call, Func<DockerClient, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
        where T : class =>
        AskAsync(call, send, answer => answer, cancellationToken);

    /// <summary>Makes a call through the client library and maps its answer.</summary>
    /// <param name="call">What is known of it.</param>
    /// <param name="send">Makes it, anew for each time that it is sent; nothing but the library's call.</param>
    /// <param name="map">Maps the answer; a <see cref="JsonException"/> says that it cannot be read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<T> AskAsync<TAnswer, T>(DockerCall call, Func<DockerClient, CancellationToken, Task<TAnswer>> send, Func<TAnswer, T> map, CancellationToken cancellationToken)
        where TAnswer : class
        where T : class =>
        RepeatAsync(
            call,
            async token => map(await ThroughTheLibraryAsync(_client.Value, send, token).ConfigureAwait(false)),
            cancellationToken);

    /// <summary>Makes a call through the client library; null when the engine does not have the thing (404).</summary>
    public Task<T?> FindAsync<T>(DockerCall call, Func<DockerClient, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
        where T : class =>
        OrNullAsync(AskAsync(call, send, cancellationToken));

    /// <summary>Makes a call through the client library and maps its answer; null when the engine does not have the thing (404).</summary>
    public Task<T?> FindAsync<TAnswer, T>(DockerCall call, Func<DockerClient, CancellationToken, Task<TAnswer>> send, Func<TAnswer, T> map, CancellationToken cancellationToken)
        where TAnswer : class
        where T : class =>
        OrNullAsync(AskAsync(call, send, map, cancellationToken));

    /// <summary>Makes a call through the client library whose answer says nothing.</summary>
    public Task TellAsync(DockerCall call, Func<DockerClient, CancellationToken, Task> send, CancellationToken cancellationToken) =>
        AskAsync(
            call,
            async (client, token) =>
            {
                await send(client, token).ConfigureAwait(false);
                return client;
            },
            cancellationToken);

    /// <summary>Makes a call through the client library whose answer says nothing; false when the engine does not have the thing (404).</summary>
    public Task<bool> TryTellAsync(DockerCall call, Func<DockerClient, CancellationToken, Task> send, CancellationToken cancellationToken) =>
        IsThereAsync(TellAsync(call, send, cancellationToken));

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
        SendAsync(request, type, answer => answer, cancellationToken);

    /// <summary>Sends a call, reads its answer and maps it.</summary>
    /// <param name="request">The call.</param>
    /// <param name="type">Reads the answer.</param>
    /// <param name="map">Maps it; a <see cref="JsonException"/> says that it cannot be read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<T> SendAsync<TAnswer, T>(DockerRequest request, JsonTypeInfo<TAnswer> type, Func<TAnswer, T> map, CancellationToken cancellationToken)
        where TAnswer : class =>
        RunAsync(request, async (response, token) => map(await ReadAsync(response, type, token).ConfigureAwait(false)), cancellationToken);

    /// <summary>Sends a call and reads its answer; null when the engine does not have the thing (404).</summary>
    public Task<T?> FindAsync<T>(DockerRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        OrNullAsync(SendAsync(request, type, cancellationToken));

    /// <summary>Sends a call whose answer is not read; false when the engine does not have the thing (404).</summary>
    public Task<bool> TrySendAsync(DockerRequest request, CancellationToken cancellationToken) => IsThereAsync(SendAsync(request, cancellationToken));

    /// <summary>Sends a call whose answer is a stream. The limit holds until the head of the answer is there; the caller disposes the answer.</summary>
    public Task<HttpResponseMessage> OpenAsync(DockerRequest request, CancellationToken cancellationToken) =>
        RepeatAsync(request, token => OpenOnceAsync(request, token), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }

        _transport.Dispose();
    }

    private static async Task<T> ThroughTheLibraryAsync<T>(DockerClient client, Func<DockerClient, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await send(client, cancellationToken).ConfigureAwait(false) ?? throw new JsonException("The answer is null.");
        }
        catch (Exception problem) when (DockerFaults.IsLibraryFault(problem))
        {
            throw new JsonException("The client library does not understand the answer.", problem);
        }
    }

    private static async Task<T?> OrNullAsync<T>(Task<T> answer)
        where T : class
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (ContainerRuntimeException refusal) when (refusal.StatusCode == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<bool> IsThereAsync(Task answer)
    {
        try
        {
            await answer.ConfigureAwait(false);
            return true;
        }
        catch (ContainerRuntimeException refusal) when (refusal.StatusCode == (int)HttpStatusCode.NotFound)
        {
            return false;
        }
    }

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
            async token =>
            {
                using var response = await OpenOnceAsync(request, token).ConfigureAwait(false);
                return await read(response, token).ConfigureAwait(false);
            },
            cancellationToken);

    private async Task<T> RepeatAsync<T>(DockerCall call, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var repeats = 0; ; repeats++)
        {
            try
            {
                return await AttemptAsync(call, attempt, cancellationToken).ConfigureAwait(false);
            }
            catch (LocalZureException failure) when (repeats < Limits.RetryDelays.Count && RepeatRule.Allows(call.Repeat, failure))
            {
                await Task.Delay(Limits.RetryDelays[repeats], _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<T> AttemptAsync<T>(DockerCall call, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var limit = call.Limit ?? Limits.Call;
        using var timer = new CancellationTokenSource(limit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await attempt(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw DockerFaults.Silent(_transport.Endpoint, call, limit);
        }
        catch (DockerApiException refusal)
        {
            throw RefusalReader.Read(call, refusal);
        }
        catch (Exception problem) when (DockerFaults.IsFault(problem))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw DockerFaults.From(_transport.Endpoint, call, problem);
        }
    }

    private async Task<HttpResponseMessage> OpenOnceAsync(DockerRequest request, CancellationToken cancellationToken)
    {
        using var message = MessageOf(request);
        return await _transport.SendAsync(message, cancellationToken).ConfigureAwait(false);
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
