using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Health;

/// <summary>Sends a GET and looks at the answer: at its head alone, unless the body is to match.</summary>
internal sealed class HttpProbe : LimitedProbe, IDisposable
{
    private const int LongestBody = 64 * 1024;

    private readonly HttpProbeDefinition _definition;
    private readonly Uri _target;
    private readonly UserPattern? _body;
    private readonly HttpMessageInvoker _http;

    /// <summary>Creates one.</summary>
    /// <param name="definition">What to ask and what to expect.</param>
    /// <param name="address">The address of the host to connect to.</param>
    /// <param name="hostPort">The port of the host.</param>
    /// <param name="time">The clock for latency and limits.</param>
    public HttpProbe(HttpProbeDefinition definition, string address, int hostPort, TimeProvider time)
        : base("http", TargetOf(definition, address, hostPort).ToString(), definition, time)
    {
        _definition = definition;
        _target = TargetOf(definition, address, hostPort);
        _body = definition.ExpectedBody is { } pattern ? new UserPattern(pattern) : null;
        // No connection is kept: each look goes the whole way through the published port.
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = async (context, token) =>
                new NetworkStream(await ProbeConnection.OpenAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token).ConfigureAwait(false), ownsSocket: true),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => IsAcceptable(errors);
        _http = new HttpMessageInvoker(handler);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <inheritdoc/>
    protected override async Task<ProbeResult> LookAsync(CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _target);
            foreach (var (name, value) in _definition.RequestHeaders)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var result = Judge(response, Time.GetElapsedTime(started));
            return result.Status == ServiceHealthStatus.Healthy && _body is not null
                ? await JudgeBodyAsync(response, result, cancellationToken).ConfigureAwait(false)
                : result;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failed(null, Describe(e));
        }
    }

    private bool IsAcceptable(SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None || (_definition.AllowsUntrustedCertificate && _target.IsLoopback);

    private static Uri TargetOf(HttpProbeDefinition definition, string address, int hostPort) =>
        new(new UriBuilder(definition.Https ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, address, hostPort).Uri, definition.Path);

    private static string Describe(Exception e) => e switch
    {
        _ when SocketFailures.In(e) is { } code => SocketFailures.Describe(code),
        { InnerException: AuthenticationException tls } => $"no HTTPS connection: {tls.Message}",
        _ => $"no HTTP answer: {e.Message}",
    };

    private ProbeResult Judge(HttpResponseMessage response, TimeSpan latency)
    {
        var status = $"HTTP {(int)response.StatusCode}";
        if (_definition.ExpectedHeader is not { } header)
        {
            return JudgeStatus(response, latency, status);
        }

        return ValueOf(response.Headers, header) switch
        {
            null => Failed(latency, $"{status} without the header {header}: another program answers on this port"),
            { } value when value.StartsWith(_definition.ExpectedHeaderPrefix, StringComparison.Ordinal) => JudgeStatus(response, latency, $"{status} from {value}"),
            { } value => Failed(latency, $"{status} from {value}, expected {_definition.ExpectedHeaderPrefix}*"),
        };
    }

    private ProbeResult JudgeStatus(HttpResponseMessage response, TimeSpan latency, string seen)
    {
        var expected = _definition.ExpectedStatus;
        if (expected.Count == 0)
        {
            return response.IsSuccessStatusCode || _definition.ExpectedHeader is not null ? Passed(latency, seen) : Failed(latency, seen);
        }

        return expected.Any(range => range.Contains((int)response.StatusCode)) ? Passed(latency, seen) : Failed(latency, $"{seen}, expected {string.Join(" or ", expected)}");
    }

    private async Task<ProbeResult> JudgeBodyAsync(HttpResponseMessage response, ProbeResult head, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[LongestBody];
            var length = await stream.ReadAtLeastAsync(buffer, LongestBody, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return _body!.Matches(Encoding.UTF8.GetString(buffer, 0, length))
                ? head
                : Failed(head.Latency, $"{head.Message}, but {_body.Problem ?? $"the body does not match '{_definition.ExpectedBody}'"}");
        }
    }

    private static string? ValueOf(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
