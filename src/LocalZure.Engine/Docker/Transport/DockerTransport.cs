using System.Net;
using LocalZure.Engine.Docker.Endpoints;

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
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = BaseAddressOf(endpoint) };
    }

    /// <summary>The endpoint.</summary>
    public DockerEndpoint Endpoint { get; }

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
