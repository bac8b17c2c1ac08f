using System.Net.Sockets;

namespace LocalZure.Engine.Health;

/// <summary>Sends a GET and looks at the answer's head; the body is not read.</summary>
internal sealed class HttpProbe : IProbe, IDisposable
{
    /// <summary>An answer that takes longer counts as none.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly HttpProbeDefinition _definition;
    private readonly Uri _target;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    /// <summary>Creates one.</summary>
    /// <param name="definition">What to ask and what to expect.</param>
    /// <param name="address">The address of the host to connect to.</param>
    /// <param name="hostPort">The port of the host.</param>
    /// <param name="time">The clock for latency and limits.</param>
    public HttpProbe(HttpProbeDefinition definition, string address, int hostPort, TimeProvider time)
    {
        _definition = definition;
        _target = new UriBuilder(Uri.UriSchemeHttp, address, hostPort).Uri;
        _target = new Uri(_target, definition.Path);
        _time = time;
        // No connection is kept: each look goes the whole way through the published port.
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.Zero,
        });
    }

    /// <inheritdoc/>
    public string Target => _target.ToString();

    /// <inheritdoc/>
    public async Task<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var started = _time.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _target);
            using var response = await _http.SendAsync(request, linked.Token).ConfigureAwait(false);
            return Judge(response, _time.GetElapsedTime(started));
        }
        catch (HttpRequestException e)
        {
            return Failed(null, SocketErrorIn(e) is { } code ? Describe(code) : $"no HTTP answer: {e.Message}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed(null, $"no answer within {AnswerLimit.TotalSeconds} s");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // A connection that breaks while the answer is awaited: the request's failure holds an IOException that holds it.
    private static SocketError? SocketErrorIn(Exception? e) => e switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        _ => SocketErrorIn(e.InnerException),
    };

    private static string Describe(SocketError code) => code switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset",
        _ => $"connection failed: {code}",
    };

    private ProbeResult Judge(HttpResponseMessage response, TimeSpan latency)
    {
        var status = $"HTTP {(int)response.StatusCode}";
        if (_definition.ExpectedHeader is not { } header)
        {
            return response.IsSuccessStatusCode ? Passed(latency, status) : Failed(latency, status);
        }

        var value = response.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : null;
        return value switch
        {
            null => Failed(latency, $"{status} without the header {header}: another program answers on this port"),
            _ when value.StartsWith(_definition.ExpectedHeaderPrefix, StringComparison.Ordinal) => Passed(latency, $"{status} from {value}"),
            _ => Failed(latency, $"{status} from {value}, expected {_definition.ExpectedHeaderPrefix}*"),
        };
    }

    private ProbeResult Passed(TimeSpan latency, string message) => new("http", Target, ServiceHealthStatus.Healthy, latency, message);

    private ProbeResult Failed(TimeSpan? latency, string message) => new("http", Target, ServiceHealthStatus.Unhealthy, latency, message);
}
