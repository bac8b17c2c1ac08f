using LocalZure.Engine.Health;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Health;

public sealed class TcpProbeTests
{
    private static readonly TcpProbeDefinition Definition = new("main");

    [Fact]
    public async Task CheckAsync_ConnectionThatStays_PassesAfterAMoment()
    {
        var time = new ManualTimeProvider();
        await using var stub = HttpStub.Silent();
        var probe = new TcpProbe(Definition, "127.0.0.1", stub.Port, time);

        var work = probe.CheckAsync(default);
        await Eventually.IsTrueAsync(() => time.PendingTimers == 2, "the connection is watched");
        Assert.False(work.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(Result(probe, ServiceHealthStatus.Healthy, TimeSpan.Zero, "connected"), await work.WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task CheckAsync_ServiceThatSpeaksFirst_PassesWithoutTheClock()
    {
        await using var stub = HttpStub.Greeting("220 ready\r\n");
        var probe = new TcpProbe(Definition, "127.0.0.1", stub.Port, new ManualTimeProvider());

        Assert.Equal(Result(probe, ServiceHealthStatus.Healthy, TimeSpan.Zero, "connected and greeted"), await probe.CheckAsync(default).WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task CheckAsync_ProxyThatClosesAtOnce_Fails()
    {
        await using var stub = HttpStub.Closing();
        var probe = new TcpProbe(Definition, "127.0.0.1", stub.Port, new ManualTimeProvider());

        Assert.Equal(Result(probe, ServiceHealthStatus.Unhealthy, null, "the connection was closed at once"), await probe.CheckAsync(default).WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task CheckAsync_ConnectionAloneAskedFor_DoesNotWatchIt()
    {
        await using var stub = HttpStub.Silent();
        var probe = new TcpProbe(Definition with { StaysOpen = TimeSpan.Zero }, "127.0.0.1", stub.Port, new ManualTimeProvider());

        Assert.Equal(Result(probe, ServiceHealthStatus.Healthy, TimeSpan.Zero, "connected"), await probe.CheckAsync(default).WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task CheckAsync_NobodyListens_IsRefused()
    {
        var probe = new TcpProbe(Definition, "127.0.0.1", HttpStub.UnusedPort(), TimeProvider.System);

        Assert.Equal(Result(probe, ServiceHealthStatus.Unhealthy, null, "connection refused"), await probe.CheckAsync(default));
    }

    [Fact]
    public async Task CheckAsync_Cancelled_Throws()
    {
        await using var stub = HttpStub.Silent();
        using var cancellation = new CancellationTokenSource();
        var time = new ManualTimeProvider();
        var work = new TcpProbe(Definition, "127.0.0.1", stub.Port, time).CheckAsync(cancellation.Token);
        await Eventually.IsTrueAsync(() => time.PendingTimers == 2, "the connection is watched");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Eventually.Deadline));
    }

    private static ProbeResult Result(TcpProbe probe, ServiceHealthStatus status, TimeSpan? latency, string message) => new("tcp", probe.Target, status, latency, message);
}
