using System.Net;
using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using LocalZure.Engine.Docker.Endpoints;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalZure.Engine.Docker.Transport;

/// <summary>HTTP over connections to one endpoint. It knows nothing of the calls.</summary>
internal sealed class DockerTransport : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeSpan _dialLimit;
    private readonly TimeProvider _time;

    /// <summary>Creates one; nothing is dialled yet.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="dial">Opens a connection; tests put their own here.</param>
    /// <param name="dialLimit">How long a dial may take.</param>
    /// <param name="time">The clock.</param>
    public DockerTransport(DockerEndpoint endpoint, Func<DockerEndpoint, CancellationToken, Task<Stream>> dial, TimeSpan dialLimit, TimeProvider time)
    {
        Endpoint = endpoint;
        _dialLimit = dialLimit;
        _time = time;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) => await DialAsync(dial, cancellationToken).ConfigureAwait(false),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,

            // A stream that is left early is cut, not read to its end.
            MaxResponseDrainSize = 0,
        };
        Handler = new RefusalHandler(handler);
        _client = new HttpClient(Handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = BaseAddressOf(endpoint) };
    }

    /// <summary>The endpoint.</summary>
    public DockerEndpoint Endpoint { get; }

    /// <summary>What sends over the connections, for more than one client; disposed with this.</summary>
    public HttpMessageHandler Handler { get; }

    /// <summary>Makes a client of the library that speaks over these connections and waits for as long as its caller does.</summary>
    /// <param name="version">The API version that is spoken; null to leave it to the engine.</param>
    public DockerClient CreateClient(DockerApiVersion? version) =>
        new DockerClientBuilder<DockerTransport>(
            new DockerHandlerFactory(),
            this,
            new ClientOptions
            {
                Endpoint = BaseAddressOf(Endpoint),
                ApiVersion = version is { } known ? new Version(known.Major, known.Minor) : null,
                Timeout = Timeout.InfiniteTimeSpan,
            },
            NullLogger.Instance).Build();

    /// <summary>Sends a request and answers once the head of the answer is there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    // TLS is spoken by the dialler, so that the scheme is http for all. Only a network endpoint has a host of its own.
    private static Uri BaseAddressOf(DockerEndpoint endpoint) =>
        endpoint.Kind == DockerEndpointKind.Tcp
            ? new UriBuilder("http", endpoint.Target, endpoint.Port).Uri
            : new Uri("http://localhost/");

    private async Task<Stream> DialAsync(Func<DockerEndpoint, CancellationToken, Task<Stream>> dial, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(_dialLimit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await dial(Endpoint, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new DockerDialException(DialFailure.TimedOut, $"no answer within {DockerFaults.Seconds(_dialLimit)}");
        }
    }
}
