using LocalZure.Engine.Health;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Health;

public sealed class HttpProbeTests
{
    private static readonly HttpProbeDefinition Azurite = new("blob", "/") { ExpectedHeader = "Server", ExpectedHeaderPrefix = "Azurite-Blob/" };
    private static readonly HttpProbeDefinition Plain = new("main", "/health?x=1");

    [Fact]
    public async Task CheckAsync_ExpectedServer_PassesWhateverTheStatus()
    {
        await using var stub = HttpStub.Azurite();

        await CheckAsync(Azurite, stub, ServiceHealthStatus.Healthy, "HTTP 400 from Azurite-Blob/3.37.0", answered: true);
    }

    [Theory]
    [InlineData("Server: Azurite-Queue/3.37.0", "HTTP 200 from Azurite-Queue/3.37.0, expected Azurite-Blob/*")]
    [InlineData("Server: nginx", "HTTP 200 from nginx, expected Azurite-Blob/*")]
    [InlineData("X-Other: Azurite-Blob/3.37.0", "HTTP 200 without the header Server: another program answers on this port")]
    public async Task CheckAsync_AnotherProgram_FailsAndSaysWhich(string header, string message)
    {
        await using var stub = HttpStub.Answering("200 OK", header);

        await CheckAsync(Azurite, stub, ServiceHealthStatus.Unhealthy, message, answered: true);
    }

    [Theory]
    [InlineData("200 OK", ServiceHealthStatus.Healthy, "HTTP 200")]
    [InlineData("204 No Content", ServiceHealthStatus.Healthy, "HTTP 204")]
    [InlineData("404 Not Found", ServiceHealthStatus.Unhealthy, "HTTP 404")]
    [InlineData("503 Service Unavailable", ServiceHealthStatus.Unhealthy, "HTTP 503")]
    public async Task CheckAsync_NoHeaderExpected_GoesByTheStatus(string status, ServiceHealthStatus expected, string message)
    {
        await using var stub = HttpStub.Answering(status);

        await CheckAsync(Plain, stub, expected, message, answered: true);
    }

    [Fact]
    public async Task CheckAsync_Redirect_IsNotFollowed()
    {
        await using var elsewhere = HttpStub.Answering("200 OK");
        await using var stub = HttpStub.Answering("302 Found", $"Location: http://127.0.0.1:{elsewhere.Port}/");

        await CheckAsync(Plain, stub, ServiceHealthStatus.Unhealthy, "HTTP 302", answered: true);
        Assert.Equal(0, elsewhere.Requests);
    }

    [Fact]
    public async Task CheckAsync_NobodyListens_IsRefused()
    {
        using var probe = new HttpProbe(Plain, "127.0.0.1", HttpStub.UnusedPort(), TimeProvider.System);

        Assert.Equal(new ProbeResult("http", probe.Target, ServiceHealthStatus.Unhealthy, null, "connection refused"), await probe.CheckAsync(default));
    }

    [Fact]
    public async Task CheckAsync_Reset_IsCalledSo()
    {
        await using var stub = HttpStub.Resetting();

        await CheckAsync(Plain, stub, ServiceHealthStatus.Unhealthy, "connection reset", answered: false);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    public async Task CheckAsync_NoHttp_Fails(string answer)
    {
        await using var stub = HttpStub.AnsweringRaw(answer);
        using var probe = new HttpProbe(Plain, "127.0.0.1", stub.Port, TimeProvider.System);

        var result = await probe.CheckAsync(default);

        Assert.Equal((ServiceHealthStatus.Unhealthy, null), (result.Status, result.Latency));
        Assert.StartsWith("no HTTP answer: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_Silence_EndsAtTheLimit()
    {
        var time = new ManualTimeProvider();
        await using var stub = HttpStub.Silent();
        using var probe = new HttpProbe(Plain, "127.0.0.1", stub.Port, time);

        var work = probe.CheckAsync(default);
        await Eventually.IsTrueAsync(() => stub.Requests == 1, "a request");
        Assert.False(work.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(new ProbeResult("http", probe.Target, ServiceHealthStatus.Unhealthy, null, "no answer within 5 s"), await work.WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task CheckAsync_Cancelled_Throws()
    {
        await using var stub = HttpStub.Silent();
        using var probe = new HttpProbe(Plain, "127.0.0.1", stub.Port, TimeProvider.System);
        using var cancellation = new CancellationTokenSource();

        var work = probe.CheckAsync(cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task CheckAsync_ManyLooks_EachOpensAConnectionOfItsOwn()
    {
        await using var stub = HttpStub.Answering("200 OK");
        using var probe = new HttpProbe(Plain, "127.0.0.1", stub.Port, TimeProvider.System);

        for (var i = 0; i < 3; i++)
        {
            await probe.CheckAsync(default);
        }

        Assert.Equal(3, stub.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:81/health?x=1")]
    [InlineData("::1", "http://[::1]:81/health?x=1")]
    public void Target_Address_IsTheWholeUrl(string address, string expected)
    {
        using var probe = new HttpProbe(Plain, address, 81, TimeProvider.System);

        Assert.Equal(expected, probe.Target);
    }

    [Theory]
    [InlineData("", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("192.168.1.5", "192.168.1.5")]
    public void ToConnectTo_BoundAddress_IsOneThatCanBeReached(string bound, string expected) => Assert.Equal(expected, HostAddress.ToConnectTo(bound));

    private static async Task CheckAsync(HttpProbeDefinition definition, HttpStub stub, ServiceHealthStatus status, string message, bool answered)
    {
        using var probe = new HttpProbe(definition, "127.0.0.1", stub.Port, TimeProvider.System);

        var result = await probe.CheckAsync(default);

        Assert.Equal(new ProbeResult("http", probe.Target, status, result.Latency, message), result);
        Assert.Equal(answered, result.Latency is not null);
    }
}
