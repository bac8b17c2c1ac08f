using System.Text;
using LocalZure.Engine;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Docker.Endpoints;
using LocalZure.Engine.Docker.Transport;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Faults.Simulation;

/// <summary>The simulated daemon behind a Unix socket, with a fault at the n-th request.</summary>
internal sealed class FaultyDaemon : IAsyncDisposable
{
    private static readonly TimeSpan Outage = TimeSpan.FromMilliseconds(30);

    private readonly FakeDockerDaemon _daemon;
    private Fault? _fault;
    private int _at;
    private int _count;

    public FaultyDaemon() => _daemon = new FakeDockerDaemon(AnswerAsync);

    /// <summary>What the daemon holds.</summary>
    public SimulatedEngine Engine { get; } = new();

    /// <summary>How many requests came since the fault was armed.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The request that met the fault; null when none has.</summary>
    public string? Hit { get; private set; }

    /// <summary>The limits of a client that must not wait for minutes.</summary>
    public static DockerLimits ShortLimits { get; } = new()
    {
        Probe = TimeSpan.FromMilliseconds(200),
        Dial = TimeSpan.FromMilliseconds(200),
        Call = TimeSpan.FromMilliseconds(200),
        Work = TimeSpan.FromMilliseconds(250),
        Outage = TimeSpan.FromMilliseconds(300),
        RetryDelays = [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(60)],
        ShortestPoll = TimeSpan.FromMilliseconds(5),
        LongestPoll = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>An engine that speaks with this daemon.</summary>
    /// <param name="home">Its LocalZure home.</param>
    /// <param name="limits">How long it waits for what.</param>
    public LocalZureEngine Client(string home, DockerLimits limits)
    {
        var environment = new EnvironmentSnapshot([KeyValuePair.Create("DOCKER_HOST", $"unix://{_daemon.SocketPath}")]);
        var connector = new DockerConnector(environment, "/nonexistent", TimeProvider.System, DockerPlatform.Linux, DockerDialer.DialAsync, limits);
        return new LocalZureEngine(new EngineOptions { Home = home, Environment = environment }, connector);
    }

    /// <summary>Counts from here; the n-th request meets the fault.</summary>
    /// <param name="fault">The fault; null for none.</param>
    /// <param name="at">Which request, from 1 on.</param>
    public void Arm(Fault? fault, int at)
    {
        _count = 0;
        _at = at;
        _fault = fault;
    }

    /// <summary>The fault is gone.</summary>
    public void Disarm()
    {
        _fault = null;
        _daemon.ComeUp();
    }

    public async ValueTask DisposeAsync()
    {
        _fault = null;
        await _daemon.DisposeAsync();
        await Engine.DisposeAsync();
    }

    private async Task AnswerAsync(FakeDockerRequest request, FakeDockerConnection connection)
    {
        var n = Interlocked.Increment(ref _count);
        if (_fault is { } fault && (n == _at || (fault.Lasts && n > _at)))
        {
            Hit ??= request.ToString();
            await FailAsync(fault, request, connection);
            return;
        }

        await (await Engine.AnswerAsync(request)).SendAsync(connection);
    }

    private Task FailAsync(Fault fault, FakeDockerRequest request, FakeDockerConnection connection) => fault.Kind switch
    {
        FaultKind.Refused => GoDownAsync(fault, connection),
        FaultKind.Reset => CutAsync(connection),
        FaultKind.Silent => connection.StaySilentAsync(),
        FaultKind.Status500 => SimulatedReply.Refusal(500, "runtime: out of luck").SendAsync(connection),
        FaultKind.Status503 => new SimulatedReply(503, "<html>Service Unavailable</html>").SendAsync(connection),
        _ => FailWhenDoneAsync(fault.Kind, request, connection),
    };

    private async Task FailWhenDoneAsync(FaultKind kind, FakeDockerRequest request, FakeDockerConnection connection)
    {
        var reply = await Engine.AnswerAsync(request);
        switch (kind)
        {
            case FaultKind.ResetWhenDone:
                connection.Cut();
                break;
            case FaultKind.SilentWhenDone:
                await connection.StaySilentAsync();
                break;
            case FaultKind.Slow:
                await TrickleAsync(reply, connection);
                break;
            case FaultKind.Status500WhenDone:
                await SimulatedReply.Refusal(500, "runtime: out of luck").SendAsync(connection);
                break;
            case FaultKind.Malformed:
                await new SimulatedReply(200, "{\"Id\": [nonsense").SendAsync(connection);
                break;
            case FaultKind.HalfBody:
                // Of a stream, a chunk that breaks off.
                await connection.WriteAsync(reply.Head + (reply.Stream is null ? reply.Body[..(reply.Body.Length / 2)] : "1f\r\n{"));
                connection.Cut();
                break;
            default:
                await connection.WriteAsync(reply.Head);
                connection.Cut();
                break;
        }
    }

    private static Task CutAsync(FakeDockerConnection connection)
    {
        connection.Cut();
        return Task.CompletedTask;
    }

    private async Task GoDownAsync(Fault fault, FakeDockerConnection connection)
    {
        connection.Cut();
        _daemon.GoDown();
        if (!fault.Lasts)
        {
            await Task.Delay(Outage);
            _daemon.ComeUp();
        }
    }

    private static async Task TrickleAsync(SimulatedReply reply, FakeDockerConnection connection)
    {
        if (reply.Stream is not null)
        {
            await reply.SendAsync(connection);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(reply.Head + (reply.Status is 204 or 304 ? "" : reply.Body));
        foreach (var piece in bytes.Chunk(Math.Max(1, bytes.Length / 20)))
        {
            await connection.WriteAsync(piece);
            await Task.Delay(2, connection.Stopped);
        }
    }
}
