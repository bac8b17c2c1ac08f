using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Health;

/// <summary>The log probe with the watch behind it.</summary>
public sealed class LogProbeTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeContainerRuntime _runtime = new();
    private readonly FakeContainer _container;

    public LogProbeTests() => _container = _runtime.Add(new ContainerSpec { Name = "localzure-demo", Image = "demo:1" });

    private ProbedService Service => ProbedServices.Container(_runtime, _container);

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    [Fact]
    public async Task CheckAsync_LineThatComes_PassesWithoutTheClock()
    {
        await using var log = Watch(["Success.*Up"]);
        var work = CheckAsync(log, "Success.*Up");
        Assert.False(work.IsCompleted);

        _container.Write("starting");
        _container.Write("Emulator Service is Successfully Up! AccountKey=abc;");

        Assert.Equal(Result(ServiceHealthStatus.Healthy, "Emulator Service is Successfully Up! AccountKey=***;"), await work.WaitAsync(Eventually.Deadline));
        await log.Reading.WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task CheckAsync_LineThatDoesNotCome_FailsWithTheLastOne()
    {
        await using var log = Watch(["up"]);
        _container.Write("waiting for SQL");
        await Eventually.IsTrueAsync(() => log.Describe().Contains("SQL", StringComparison.Ordinal), "the line is read");

        var work = CheckAsync(log, "up");
        await Eventually.IsTrueAsync(() => _time.PendingTimers == 2, "the probe waits");
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(Result(ServiceHealthStatus.Unhealthy, "no line matches 'up'; the last line is 'waiting for SQL'"), await work.WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task CheckAsync_PatternThatCouldTakeForEver_IsMatchedInLinearTime()
    {
        _container.Write(new string('a', 40) + "!");
        await using var log = Watch(["^(a+)+$"], follows: false);

        Assert.Equal(
            Result(ServiceHealthStatus.Unhealthy, $"no line matches '^(a+)+$'; the last line is '{new string('a', 40)}!'"),
            await CheckAsync(log, "^(a+)+$").WaitAsync(Eventually.Deadline));
    }

    [Theory]
    [InlineData(@"^(?=(a+)+$)b", "the pattern '^(?=(a+)+$)b' takes longer than 1 s for one line; write it without look-around and back references")]
    [InlineData("(", "the pattern '(' is not a regular expression: ")]
    public async Task CheckAsync_PatternThatCannotBeMatched_SaysSoAndReadsNoMore(string pattern, string expected)
    {
        _container.Write(new string('a', 40) + "!");
        _container.Write("more");
        await using var log = Watch([pattern]);

        await log.Reading.WaitAsync(Eventually.Deadline);
        var result = await CheckAsync(log, pattern).WaitAsync(Eventually.Deadline);

        Assert.Equal(ServiceHealthStatus.Unhealthy, result.Status);
        Assert.StartsWith(expected, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_NoFollowing_GoesByWhatIsThere()
    {
        _container.Write("up");
        await using var log = Watch(["up", "done"], follows: false);

        Assert.Equal(Result(ServiceHealthStatus.Healthy, "up"), await CheckAsync(log, "up").WaitAsync(Eventually.Deadline));
        Assert.Equal(Result(ServiceHealthStatus.Unhealthy, "no line matches 'done'; the last line is 'up'"), await CheckAsync(log, "done").WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task CheckAsync_LogThatCannotBeRead_SaysWhyAndGoesOnTrying()
    {
        _runtime.Before = call => call.Name == "ReadLog" ? throw new ContainerRuntimeException(RuntimeFailure.Other, "configured logging driver does not support reading") : Task.CompletedTask;
        await using var log = Watch(["up"]);
        var work = CheckAsync(log, "up");
        await Eventually.IsTrueAsync(() => _time.PendingTimers == 3, "the watch pauses");
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(Result(ServiceHealthStatus.Unhealthy, "no line matches 'up'; the log cannot be read: configured logging driver does not support reading"), await work.WaitAsync(Eventually.Deadline));

        _runtime.Before = _ => Task.CompletedTask;
        _container.Write("up");
        work = CheckAsync(log, "up");
        await _time.RunAsync(log.LineFor("up"), waiting: 1);

        Assert.Equal(ServiceHealthStatus.Healthy, (await work.WaitAsync(Eventually.Deadline)).Status);
    }

    [Fact]
    public async Task TerminalLine_Written_IsSeenBesideWhatIsExpected()
    {
        await using var log = Watch(["up"], ["Health Check failed"]);

        _container.Write("Emulator Health Check failed");

        Assert.Equal("Emulator Health Check failed", await log.TerminalLine.WaitAsync(Eventually.Deadline));
        Assert.False(log.LineFor("up").IsCompleted);
    }

    [Fact]
    public async Task Begin_NothingToLookFor_OpensNoLog()
    {
        await using var log = Watch([]);

        Assert.True(log.Reading.IsCompletedSuccessfully);
        Assert.Empty(_runtime.Calls);
    }

    [Fact]
    public async Task Begin_LinesOfAnEarlierLife_DoNotCount()
    {
        var ended = _runtime.Now;
        _container.Write("up", ended.AddMilliseconds(3));
        _container.Write("starting", ended.AddMilliseconds(190));
        _container.FinishedAt = ended;
        _container.Start(ended.AddMilliseconds(200));
        await using var log = Watch(["up", "starting"], follows: false);

        Assert.Equal(ServiceHealthStatus.Unhealthy, (await CheckAsync(log, "up").WaitAsync(Eventually.Deadline)).Status);
        Assert.Equal(ServiceHealthStatus.Healthy, (await CheckAsync(log, "starting").WaitAsync(Eventually.Deadline)).Status);
    }

    private static ProbeResult Result(ServiceHealthStatus status, string message) => new("log", "log of localzure-demo", status, null, message);

    private LogWatch Watch(IReadOnlyList<string> expected, IReadOnlyList<string>? terminal = null, bool follows = true)
    {
        var log = new LogWatch(Service, expected, terminal ?? [], follows, _time);
        log.Begin();
        return log;
    }

    private Task<ProbeResult> CheckAsync(LogWatch log, string pattern) => new LogProbe(new LogProbeDefinition(pattern), log, Service, _time).CheckAsync(default);
}
