using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Logs;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Logs;

public sealed class LogReaderTests : IDisposable
{
    private readonly TestEngine _engine = new();

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task ReadAsync_ManyServices_AreMergedInTheOrderOfTime()
    {
        var (a, b) = (_engine.AddOurs(TestServices.Desired("a")), _engine.AddOurs(TestServices.Desired("b", "x")));
        a.Write("1", At(1));
        a.Write("4", At(4), isError: true);
        a.Write("5", At(5));
        b.Write("2", At(2));
        b.Write("3", At(3));
        b.Write("5", At(5));

        var entries = await ReadAsync(new LogRequest { Services = new ServiceQuery() });

        Assert.Equal(
            [Entry(1, "a", null), Entry(2, "b", "x"), Entry(3, "b", "x"), Entry(4, "a", null) with { Stream = "stderr" }, Entry(5, "a", null), Entry(5, "b", "x")],
            entries);
    }

    [Fact]
    public async Task ReadAsync_LinesOfOneServiceThatGoBackInTime_KeepTheirOrder()
    {
        var (a, b) = (_engine.AddOurs(TestServices.Desired("a")), _engine.AddOurs(TestServices.Desired("b")));
        a.Write("3", At(3));
        a.Write("1", At(1));
        b.Write("2", At(2));

        Assert.Equal(["2", "3", "1"], (await ReadAsync(new LogRequest { Services = new ServiceQuery() })).Select(entry => entry.Message));
    }

    [Fact]
    public async Task ReadAsync_TailAndSince_CountForEachService()
    {
        foreach (var name in (string[])["a", "b"])
        {
            var container = _engine.AddOurs(TestServices.Desired(name));
            Enumerable.Range(1, 5).ToList().ForEach(number => container.Write($"{name}{number}", At(number)));
        }

        Assert.Equal(["a4", "b4", "a5", "b5"], (await ReadAsync(new LogRequest { Services = new ServiceQuery(), Tail = 2 })).Select(entry => entry.Message));
        Assert.Equal(["a5", "b5"], (await ReadAsync(new LogRequest { Services = new ServiceQuery(), Since = At(5) })).Select(entry => entry.Message));
        Assert.Empty(await ReadAsync(new LogRequest { Services = new ServiceQuery(), Tail = 0 }));
    }

    [Fact]
    public async Task ReadAsync_StoppedService_IsReadTooAndOthersAreNot()
    {
        var stopped = _engine.AddOurs(TestServices.Desired("a"));
        stopped.Write("last words", At(1));
        stopped.End(1);
        Runtime.Add(new ContainerSpec { Name = "foreign", Image = "x" }).Write("secret");

        Assert.Equal(["last words"], (await ReadAsync(new LogRequest { Services = new ServiceQuery() })).Select(entry => entry.Message));
    }

    [Fact]
    public async Task ReadAsync_FollowMany_GivesLinesAsTheyComeUntilAllHaveEnded()
    {
        var (a, b) = (_engine.AddOurs(TestServices.Desired("a")), _engine.AddOurs(TestServices.Desired("b")));
        List<string> seen = [];
        var reading = Task.Run(async () =>
        {
            await foreach (var entry in Reader().ReadAsync(new LogRequest { Services = new ServiceQuery(), Follow = true }, _engine.Events, default))
            {
                lock (seen)
                {
                    seen.Add(entry.Message);
                }
            }
        });

        foreach (var (container, line) in new[] { (a, "a1"), (b, "b1"), (a, "a2") })
        {
            container.Write(line, At(1));
            await Eventually.IsTrueAsync(() => Contains(line), line);
        }

        a.End(0);
        b.Write("b2", At(2));
        await Eventually.IsTrueAsync(() => Contains("b2"), "b2");
        b.End(0);
        await reading.WaitAsync(Eventually.Deadline);

        Assert.Equal(["a1", "b1", "a2", "b2"], seen);

        bool Contains(string line)
        {
            lock (seen)
            {
                return seen.Contains(line);
            }
        }
    }

    [Fact]
    public async Task ReadAsync_FollowManyAndOneCannotBeRead_FailsAtOnce()
    {
        _engine.AddOurs(TestServices.Desired("a"));
        _engine.AddOurs(TestServices.Desired("b"));
        Runtime.Before = call => call is { Name: "ReadLog", Subject: "localzure-b" } ? throw new ContainerRuntimeException(RuntimeFailure.Other, "configured logging driver does not support reading") : Task.CompletedTask;

        var error = await Assert.ThrowsAsync<ContainerRuntimeException>(() => ReadAsync(new LogRequest { Services = new ServiceQuery(), Follow = true }).WaitAsync(Eventually.Deadline));

        Assert.Equal("configured logging driver does not support reading", error.Message);
    }

    [Fact]
    public async Task ReadAsync_FollowManyLeftEarly_EndsTheReading()
    {
        var a = _engine.AddOurs(TestServices.Desired("a"));
        _engine.AddOurs(TestServices.Desired("b"));
        a.Write("a1", At(1));

        await foreach (var entry in Reader().ReadAsync(new LogRequest { Services = new ServiceQuery(), Follow = true }, _engine.Events, default))
        {
            Assert.Equal("a1", entry.Message);
            break;
        }

        Assert.All(Runtime.Calls.Where(call => call.Name == "ReadLog"), call => Assert.True(call.Token.IsCancellationRequested));
    }

    [Fact]
    public async Task ReadAsync_NegativeTail_IsRefused() =>
        Assert.Equal(ErrorCode.ParameterInvalid, (await Assert.ThrowsAsync<LocalZureException>(() => ReadAsync(new LogRequest { Services = new ServiceQuery(), Tail = -1 }))).Code);

    [Fact]
    public async Task ReadAsync_UntilStreamAndPattern_LeaveOutTheRest()
    {
        var a = _engine.AddOurs(TestServices.Desired("a"));
        a.Write("GET /1", At(1));
        a.Write("get /2", At(2), isError: true);
        a.Write("PUT /3", At(3));
        a.Write("GET /4", At(4));

        Assert.Equal(["GET /1", "get /2"], await MessagesAsync(new LogRequest { Services = new ServiceQuery(), Until = At(2) }));
        Assert.Equal(["get /2"], await MessagesAsync(new LogRequest { Services = new ServiceQuery(), Stream = LogStream.Stderr }));
        Assert.Equal(["GET /1", "PUT /3", "GET /4"], await MessagesAsync(new LogRequest { Services = new ServiceQuery(), Stream = LogStream.Stdout }));
        Assert.Equal(["get /2", "GET /4"], await MessagesAsync(new LogRequest { Services = new ServiceQuery(), Pattern = "^get /[2-4]$" }));
    }

    [Fact]
    public async Task ReadAsync_FollowAndTheContainerIsStartedAgain_GoesOnWithoutGapOrDouble()
    {
        var a = _engine.AddOurs(TestServices.Desired("a"));
        a.Write("1", At(1));
        a.Write("2", At(1));
        await using var follow = new RunningFollow(Reader(), _engine, new LogRequest { Services = new ServiceQuery { Names = ["a"] }, Follow = true });
        await follow.SeesAsync("2");

        a.Write("3", At(1));
        a.End(0);
        a.Start(Runtime.Now);
        a.Write("4", At(1));
        await follow.SeesAsync("4");
        a.End(0);

        Assert.Equal(["1", "2", "3", "4"], await follow.EndAsync());
    }

    [Fact]
    public async Task ReadAsync_FollowWithTailZeroAndTheContainerIsStartedAgain_GivesOnlyWhatIsNew()
    {
        var a = _engine.AddOurs(TestServices.Desired("a"));
        a.Write("old", At(1));
        await using var follow = new RunningFollow(Reader(), _engine, new LogRequest { Services = new ServiceQuery { Names = ["a"] }, Follow = true, Tail = 0 });
        await Eventually.IsTrueAsync(() => Runtime.Calls.Count(call => call.Name == "ReadLog") == 2, "the follow is open");

        a.End(0);
        a.Start(Runtime.Now);
        a.Write("new", At(2));
        await follow.SeesAsync("new");
        a.End(0);

        Assert.Equal(["new"], await follow.EndAsync());
    }

    [Fact]
    public async Task ReadAsync_FollowAndTheContainerIsMadeAnew_GoesOnWithTheNewOneFromItsStart()
    {
        var old = _engine.AddOurs(TestServices.Desired("a"));
        old.Write("old", At(1));
        await using var follow = new RunningFollow(Reader(), _engine, new LogRequest { Services = new ServiceQuery { Names = ["a"] }, Follow = true, Tail = 1 });
        await follow.SeesAsync("old");

        Runtime.Take(old);
        var fresh = _engine.AddOurs(TestServices.Desired("a"));
        fresh.Write("new 1", At(2));
        fresh.Write("new 2", At(3));
        await follow.SeesAsync("new 2");
        fresh.End(0);

        Assert.Equal(["old", "new 1", "new 2"], await follow.EndAsync());
    }

    [Fact]
    public async Task ReadAsync_FollowAndTheConnectionBreaks_ReadsOn()
    {
        var a = _engine.AddOurs(TestServices.Desired("a"));
        Enumerable.Range(1, 5).ToList().ForEach(number => a.Write($"{number}", At(number)));
        var breaks = 2;
        Runtime.Before = call => call.Name == "ReadLog" && Interlocked.Decrement(ref breaks) >= 0 ? throw new ContainerRuntimeException(RuntimeFailure.Transient, "the connection broke") : Task.CompletedTask;
        await using var follow = new RunningFollow(Reader(), _engine, new LogRequest { Services = new ServiceQuery { Names = ["a"] }, Follow = true });

        await follow.SeesAsync("5");
        a.End(0);

        Assert.Equal(["1", "2", "3", "4", "5"], await follow.EndAsync());
    }

    [Fact]
    public async Task ReadAsync_FollowAndTheConnectionBreaksForEver_FailsWithIt()
    {
        _engine.AddOurs(TestServices.Desired("a"));
        Runtime.Before = call => call.Name == "ReadLog" ? throw new ContainerRuntimeException(RuntimeFailure.Transient, "the connection broke") : Task.CompletedTask;

        var error = await Assert.ThrowsAsync<ContainerRuntimeException>(() => ReadAsync(new LogRequest { Services = new ServiceQuery(), Follow = true }).WaitAsync(Eventually.Deadline));

        Assert.Equal("the connection broke", error.Message);
    }

    [Fact]
    public async Task ReadAsync_FollowAndTheDaemonIsAway_WarnsOnceAndGoesOnWhenItIsBack()
    {
        var a = _engine.AddOurs(TestServices.Desired("a"));
        a.Write("1", At(1));
        await using var follow = new RunningFollow(Reader(), _engine, new LogRequest { Services = new ServiceQuery { Names = ["a"] }, Follow = true });
        await follow.SeesAsync("1");

        Runtime.Before = _ => throw new LocalZureException(ErrorCode.DockerUnavailable, "nobody listens");
        a.End(137);
        a.Write("2", At(2));
        await Eventually.IsTrueAsync(() => _engine.Events.Warnings.Count > 0, "a warning");
        a.Start(Runtime.Now);
        Runtime.Before = _ => Task.CompletedTask;
        a.Write("3", At(3));
        await follow.SeesAsync("3");
        a.End(0);

        Assert.Equal(["1", "2", "3"], await follow.EndAsync());
        Assert.Single(_engine.Events.Warnings);
    }

    [Fact]
    public async Task ReadAsync_FollowByWildcard_TakesInWhatComesLater()
    {
        var a = _engine.AddOurs(TestServices.Desired("a1"));
        await using var follow = new RunningFollow(Reader(), _engine, new LogRequest { Services = new ServiceQuery { Names = ["a*"] }, Follow = true, Tail = 0 });
        await Eventually.IsTrueAsync(() => Runtime.Calls.Any(call => call.Name == "ReadLog"), "the follow is open");

        var later = _engine.AddOurs(TestServices.Desired("a2"));
        later.Write("first", At(1));
        _engine.AddOurs(TestServices.Desired("b")).Write("not meant", At(1));
        await follow.SeesAsync("first");
        a.End(0);
        later.End(0);

        Assert.Equal(["first"], await follow.EndAsync());
    }

    [Fact]
    public async Task ReadAsync_FailedStart_GivesWhatItHasWritten()
    {
        var key = new ServiceKey("a", "x");
        await _engine.Services.FailedLogs.KeepAsync(key, LinesAsync(new ContainerLogLine(At(1), false, "starting"), new ContainerLogLine(At(2), true, "boom")), line => line, default);

        Assert.Equal(["starting", "boom"], await MessagesAsync(new LogRequest { Services = new ServiceQuery { Names = ["a"] } }));
        Assert.Equal(["boom"], await MessagesAsync(new LogRequest { Services = new ServiceQuery { Names = ["a"] }, Tail = 1, Follow = true }));
        Assert.Equal(["a"], Reader().FindFailed(new ServiceQuery { Instance = "x" }));
        _engine.AddOurs(TestServices.Desired("a", "x")).Write("runs", At(3));
        Assert.Equal(["runs"], await MessagesAsync(new LogRequest { Services = new ServiceQuery { Names = ["a"] } }));
    }

    private static async IAsyncEnumerable<ContainerLogLine> LinesAsync(params ContainerLogLine[] lines)
    {
        foreach (var line in lines)
        {
            await Task.Yield();
            yield return line;
        }
    }

    private async Task<IReadOnlyList<string>> MessagesAsync(LogRequest request) => (await ReadAsync(request)).Select(entry => entry.Message).ToList();

    private static DateTimeOffset At(int second) => new(2026, 1, 31, 12, 0, second, TimeSpan.Zero);

    private static LogEntry Entry(int number, string service, string? instance) =>
        new(At(number), service, instance, instance is null ? $"localzure-{service}" : $"localzure-{service}-{instance}", "stdout", $"{number}");

    private LogReader Reader() => new(_engine.Reader, _engine.Runtimes, _engine.Host, _engine.Operations, _engine.Services.FailedLogs);

    private async Task<List<LogEntry>> ReadAsync(LogRequest request)
    {
        List<LogEntry> entries = [];
        await foreach (var entry in Reader().ReadAsync(request, _engine.Events, default))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
