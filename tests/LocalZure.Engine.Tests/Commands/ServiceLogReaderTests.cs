using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Commands;

public sealed class ServiceLogReaderTests : IDisposable
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

    private static DateTimeOffset At(int second) => new(2026, 1, 31, 12, 0, second, TimeSpan.Zero);

    private static LogEntry Entry(int number, string service, string? instance) =>
        new(At(number), service, instance, instance is null ? $"localzure-{service}" : $"localzure-{service}-{instance}", "stdout", $"{number}");

    private ServiceLogReader Reader() => new(_engine.Reader, _engine.Host);

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
