using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LocalZure.Engine.Health;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Health;

/// <summary>What an HTTP probe can be told to expect.</summary>
public sealed class HttpProbeExpectationTests
{
    private static readonly HttpProbeDefinition Plain = new("main", "/");

    [Theory]
    [InlineData("401 Unauthorized", ServiceHealthStatus.Healthy, "HTTP 401")]
    [InlineData("204 No Content", ServiceHealthStatus.Healthy, "HTTP 204")]
    [InlineData("403 Forbidden", ServiceHealthStatus.Unhealthy, "HTTP 403, expected 200-299 or 401")]
    public async Task CheckAsync_StatusExpected_MustBeOneOfThem(string status, ServiceHealthStatus expected, string message)
    {
        await using var stub = HttpStub.Answering(status);

        await CheckAsync(Plain with { ExpectedStatus = [new StatusRange(200, 299), StatusRange.Exactly(401)] }, stub, expected, message);
    }

    [Fact]
    public async Task CheckAsync_HeaderAndStatusExpected_NeedsBoth()
    {
        await using var stub = HttpStub.Azurite();
        var definition = Plain with { ExpectedHeader = "Server", ExpectedHeaderPrefix = "Azurite-Blob/", ExpectedStatus = [StatusRange.Exactly(200)] };

        await CheckAsync(definition, stub, ServiceHealthStatus.Unhealthy, "HTTP 400 from Azurite-Blob/3.37.0, expected 200");
    }

    [Theory]
    [InlineData("{\"status\":\"healthy\"}", ServiceHealthStatus.Healthy, "HTTP 200")]
    [InlineData("{\"status\":\"unhealthy\"}", ServiceHealthStatus.Unhealthy, "HTTP 200, but the body does not match '\"healthy\"'")]
    [InlineData("", ServiceHealthStatus.Unhealthy, "HTTP 200, but the body does not match '\"healthy\"'")]
    public async Task CheckAsync_BodyExpected_MustMatch(string body, ServiceHealthStatus expected, string message)
    {
        await using var stub = HttpStub.AnsweringRaw($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        await CheckAsync(Plain with { ExpectedBody = "\"healthy\"" }, stub, expected, message);
    }

    [Fact]
    public async Task CheckAsync_BodyWithoutEnd_IsJudgedByItsBeginning()
    {
        await using var stub = HttpStub.AnsweringRaw($"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nready{new string('x', 70_000)}");

        await CheckAsync(Plain with { ExpectedBody = "^ready" }, stub, ServiceHealthStatus.Healthy, "HTTP 200");
    }

    [Fact]
    public async Task CheckAsync_BodyThatBreaksOff_FailsAndMayBeAskedAgain()
    {
        await using var stub = HttpStub.AnsweringRaw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nready");
        using var probe = new HttpProbe(Plain with { ExpectedBody = "ready" }, "127.0.0.1", stub.Port, TimeProvider.System);

        var result = await probe.CheckAsync(default);

        Assert.Equal((ServiceHealthStatus.Unhealthy, null), (result.Status, result.Latency));
        Assert.StartsWith("no HTTP answer: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_RequestHeaders_AreSent()
    {
        await using var stub = HttpStub.Echoing("X-Key");

        await CheckAsync(Plain with { RequestHeaders = new Dictionary<string, string> { ["X-Key"] = "abc" }, ExpectedBody = "^abc$" }, stub, ServiceHealthStatus.Healthy, "HTTP 200");
        await CheckAsync(Plain with { ExpectedBody = "^abc$" }, stub, ServiceHealthStatus.Unhealthy, "HTTP 200, but the body does not match '^abc$'");
    }

    [Fact]
    public async Task CheckAsync_ShorterTimeout_IsHeeded()
    {
        var time = new ManualTimeProvider();
        await using var stub = HttpStub.Silent();
        using var probe = new HttpProbe(Plain with { Timeout = TimeSpan.FromMilliseconds(500) }, "127.0.0.1", stub.Port, time);

        var work = probe.CheckAsync(default);
        await Eventually.IsTrueAsync(() => stub.Requests == 1, "a request");
        time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal("no answer within 0.5 s", (await work.WaitAsync(Eventually.Deadline)).Message);
    }

    [Theory]
    [InlineData(true, ServiceHealthStatus.Healthy, "HTTP 200")]
    [InlineData(false, ServiceHealthStatus.Unhealthy, "no HTTPS connection: ")]
    public async Task CheckAsync_CertificateThatIsNotTrusted_PassesOnlyWhereAllowed(bool allowed, ServiceHealthStatus status, string message)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var certificate = SelfSigned();
        var serving = ServeOnceAsync(listener, certificate);
        var definition = Plain with { Https = true, AllowsUntrustedCertificate = allowed };
        using var probe = new HttpProbe(definition, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, TimeProvider.System);

        var result = await probe.CheckAsync(default);
        await serving;

        Assert.Equal(status, result.Status);
        Assert.StartsWith(message, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_UntrustedCertificateElsewhere_IsNotAllowedEvenIfAskedFor()
    {
        // An address of this machine that is not a loopback one; without any there is nothing to try.
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        udp.Connect("192.0.2.1", 9);
        var address = ((IPEndPoint)udp.LocalEndPoint!).Address;
        using var listener = new TcpListener(address, 0);
        listener.Start();
        using var certificate = SelfSigned();
        var serving = ServeOnceAsync(listener, certificate);
        var definition = Plain with { Https = true, AllowsUntrustedCertificate = true };
        using var probe = new HttpProbe(definition, address.ToString(), ((IPEndPoint)listener.LocalEndpoint).Port, TimeProvider.System);

        var result = await probe.CheckAsync(default);
        await serving;

        Assert.StartsWith("no HTTPS connection: ", result.Message, StringComparison.Ordinal);
    }

    private static async Task CheckAsync(HttpProbeDefinition definition, HttpStub stub, ServiceHealthStatus status, string message)
    {
        using var probe = new HttpProbe(definition, "127.0.0.1", stub.Port, TimeProvider.System);

        var result = await probe.CheckAsync(default);

        Assert.Equal(new ProbeResult("http", probe.Target, status, result.Latency, message), result);
        Assert.NotNull(result.Latency);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=emulator", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(150));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    private static async Task ServeOnceAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            var buffer = new byte[4096];
            await tls.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false);
            await tls.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client did not trust it and hung up.
        }
    }
}
