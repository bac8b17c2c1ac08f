using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Support;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class StatReaderTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private readonly TestEngine _engine;
    private readonly CancellationTokenSource _cancellation = new();
    private ulong _used;

    public StatReaderTests()
    {
        _engine = new TestEngine(_time);
        _engine.Runtime.OnSample = _ => Sample(_used += 1_000_000_000);
    }

    private StatReader Reader => new(_engine.Runtimes, _engine.Runner, _time);

    public void Dispose()
    {
        _cancellation.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public async Task ReadAsync_RunningAndStopped_MeasuresTwiceWhatRuns()
    {
        _engine.AddOurs(TestServices.Desired());
        _engine.AddOurs(TestServices.Desired("other"), running: false);

        var reading = Reader.ReadAsync(new StatRequest(new ServiceQuery(), Interval), _engine.Events, default);
        await _time.RunAsync(reading);

        var stat = Assert.Single(await reading);
        Assert.Equal(("demo", ServiceMode.Docker, 20, 25, 75L), (stat.Service, stat.Mode, stat.CpuPercent, stat.MemoryPercent, stat.MemoryUsage));
        Assert.Equal([20.0], stat.CpuHistory);
    }

    [Fact]
    public async Task ReadAsync_HostProcess_SharesTheShape()
    {
        var process = new ProcessIdentity(4711, "1");
        _engine.Runner.Running.Add(process);
        var cpu = 0.0;
        _engine.Runner.OnMeasure = _ => new ProcessUsage { CpuTimes = new Dictionary<ProcessIdentity, TimeSpan> { [process] = TimeSpan.FromSeconds(cpu += 2) }, Memory = 4096, ThreadCount = 7 };
        await _engine.Registry.WriteAsync(TestServices.Entry(TestServices.Desired(instance: "pr1"), process), default);

        var reading = Reader.ReadAsync(new StatRequest(new ServiceQuery(), Interval), _engine.Events, default);
        await _time.RunAsync(reading);

        var stat = Assert.Single(await reading);
        Assert.Equal(("demo", "pr1", ServiceMode.Host, 40, 4096L, 7), (stat.Service, stat.Instance, stat.Mode, stat.CpuPercent, stat.MemoryUsage, stat.ProcessCount));
        Assert.Null(stat.NetworkReceived);
    }

    [Fact]
    public async Task FollowAsync_EngineGoesAwayAndAServiceJoins_GoesOn()
    {
        var first = _engine.AddOurs(TestServices.Desired());
        var following = Reader.FollowAsync(new StatRequest(new ServiceQuery(), Interval), _engine.Events, _cancellation.Token).GetAsyncEnumerator();
        await using (following)
        {
            Assert.Equal("demo", (await NextAsync(following)).Service);

            _engine.Runtime.Before = call => call.Name == "ReadSample" ? throw new ContainerRuntimeException(RuntimeFailure.Transient, "gone") : Task.CompletedTask;
            var next = following.MoveNextAsync().AsTask();
            await Eventually.IsTrueAsync(() => _time.PendingTimers > 0, "it waits");
            _time.Advance(Interval);
            await Eventually.IsTrueAsync(() => _engine.Events.Notes.Count > 0 && _time.PendingTimers > 0, "it has noticed");
            _engine.Runtime.Before = _ => Task.CompletedTask;
            first.End(0);
            _engine.AddOurs(TestServices.Desired("other"));
            await _time.RunAsync(next);

            Assert.Equal("other", following.Current.Service);
        }
    }

    [Fact]
    public async Task FollowAsync_Interval_IsNeverUndercut()
    {
        _engine.AddOurs(TestServices.Desired());
        var following = Reader.FollowAsync(new StatRequest(new ServiceQuery(), Interval), _engine.Events, _cancellation.Token).GetAsyncEnumerator();
        await using (following)
        {
            var started = _time.GetUtcNow();
            for (var i = 1; i <= 12; i++)
            {
                var stat = await NextAsync(following);
                Assert.Equal(started + (i * Interval), _time.GetUtcNow());
                Assert.Equal(Math.Min(i, 10), stat.CpuHistory.Count);
            }
        }
    }

    private async Task<ContainerStat> NextAsync(IAsyncEnumerator<ContainerStat> stats)
    {
        var next = stats.MoveNextAsync().AsTask();
        await _time.RunAsync(next);
        Assert.True(await next);
        return stats.Current;
    }

    // The machine has two processors, of which this uses a fifth of one.
    private ContainerSample Sample(ulong used) => new()
    {
        ReadAt = _time.GetUtcNow(),
        Cpu = new CpuSample(_time.GetUtcNow(), used, used * 10, 2),
        Memory = 75,
        MemoryLimit = 300,
    };
}
