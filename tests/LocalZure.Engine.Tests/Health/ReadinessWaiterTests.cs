using LocalZure.Engine.Health;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Health;

public sealed class ReadinessWaiterTests
{
    private static readonly Task<string> Never = new TaskCompletionSource<string>().Task;

    private readonly ManualTimeProvider _time = new();
    private readonly DateTimeOffset _began;

    public ReadinessWaiterTests() => _began = _time.GetUtcNow();

    private TimeSpan Elapsed => _time.GetUtcNow() - _began;

    [Theory]
    [InlineData(0, 10)]
    [InlineData(300, 10)]
    [InlineData(1000, 30)]
    [InlineData(5000, 150)]
    [InlineData(8000, 240)]
    [InlineData(9000, 250)]
    [InlineData(600000, 250)]
    public void PauseAfter_Wait_IsInProportionFromTenToTwoHundredAndFiftyMilliseconds(int waited, int pause) =>
        Assert.Equal(TimeSpan.FromMilliseconds(pause), ReadinessWaiter.PauseAfter(TimeSpan.FromMilliseconds(waited)));

    [Fact]
    public async Task WaitAsync_ProbeThatPassesLate_IsLookedAtMoreAndMoreSeldom()
    {
        List<TimeSpan> looks = [];
        var probe = new FakeProbe("x", (_, _) =>
        {
            looks.Add(Elapsed);
            return Task.FromResult(Elapsed > TimeSpan.FromSeconds(12) ? FakeProbe.Passed("x") : FakeProbe.Failed("x"));
        });

        var result = await RunAsync([probe], Never, TimeSpan.FromSeconds(60));

        Assert.Equal((Readiness.Ready, looks[^1].TotalMilliseconds), (result.Outcome, result.FirstByteMs));
        Assert.Equal([FakeProbe.Passed("x")], result.Last);

        // Timers count whole milliseconds.
        Assert.All(looks.Zip(looks.Skip(1)), pair => Assert.Equal(Math.Floor(ReadinessWaiter.PauseAfter(pair.First).TotalMilliseconds), (pair.Second - pair.First).TotalMilliseconds));
    }

    [Fact]
    public async Task WaitAsync_PassesAtOnce_TakesNoTime()
    {
        var result = await new ReadinessWaiter(_time).WaitAsync([FakeProbe.PassingAt(1)], Never, Never, TimeSpan.FromSeconds(60), default);

        Assert.Equal((Readiness.Ready, 0d, TimeSpan.Zero), (result.Outcome, result.FirstByteMs!.Value, Elapsed));
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task WaitAsync_NeverPasses_EndsAtTheLimitWithWhatWasSeen()
    {
        var result = await RunAsync([FakeProbe.PassingAt(int.MaxValue)], Never, TimeSpan.FromSeconds(20));

        Assert.Equal((Readiness.TimedOut, null, TimeSpan.FromSeconds(20)), (result.Outcome, result.FirstByteMs, Elapsed));
        Assert.Equal([FakeProbe.Failed("demo")], result.Last);
    }

    [Fact]
    public async Task WaitAsync_ProbeThatGetsNoAnswer_EndsAtTheLimitToo()
    {
        var result = await RunAsync([FakeProbe.Silent()], Never, TimeSpan.FromSeconds(1), waiting: 1);

        Assert.Equal((Readiness.TimedOut, TimeSpan.FromSeconds(1)), (result.Outcome, Elapsed));
    }

    [Fact]
    public async Task WaitAsync_HttpServerThatIsSilent_EndsAtTheLimitNotAtTheProbes()
    {
        await using var stub = HttpStub.Silent();
        using var probe = new HttpProbe(new HttpProbeDefinition("main", "/"), "127.0.0.1", stub.Port, _time);

        var work = new ReadinessWaiter(_time).WaitAsync([probe], Never, Never, TimeSpan.FromSeconds(1), default);
        await Eventually.IsTrueAsync(() => stub.Requests == 1, "a request");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Readiness.TimedOut, (await work.WaitAsync(Eventually.Deadline)).Outcome);
    }

    [Fact]
    public async Task WaitAsync_TwoProbes_OneThatPassedIsNotAskedAgain()
    {
        var (first, second) = (FakeProbe.PassingAt(3, "a"), FakeProbe.PassingAt(2, "b"));

        var result = await RunAsync([first, second], Never, TimeSpan.FromSeconds(60));

        Assert.Equal((Readiness.Ready, 3, 2), (result.Outcome, first.Looks, second.Looks));
        Assert.Equal([FakeProbe.Passed("a"), FakeProbe.Passed("b")], result.Last);
    }

    [Fact]
    public async Task WaitAsync_SecondProbeFails_TimesOutWithBoth()
    {
        var result = await RunAsync([FakeProbe.PassingAt(1, "a"), FakeProbe.PassingAt(int.MaxValue, "b")], Never, TimeSpan.FromSeconds(1));

        Assert.Equal(Readiness.TimedOut, result.Outcome);
        Assert.Equal([FakeProbe.Passed("a"), FakeProbe.Failed("b")], result.Last);
    }

    [Fact]
    public async Task WaitAsync_NoProbe_IsReadyUnlessItHasEnded()
    {
        var waiter = new ReadinessWaiter(_time);

        Assert.Equal(Readiness.Ready, (await waiter.WaitAsync([], Never, Never, TimeSpan.FromSeconds(1), default)).Outcome);
        Assert.Equal(Readiness.Exited, (await waiter.WaitAsync([], Task.CompletedTask, Never, TimeSpan.FromSeconds(1), default)).Outcome);
    }

    [Fact]
    public async Task WaitAsync_EndsDuringAPause_EndsWithoutTheClock()
    {
        var exited = new TaskCompletionSource();
        var work = new ReadinessWaiter(_time).WaitAsync([FakeProbe.PassingAt(int.MaxValue)], exited.Task, Never, TimeSpan.FromSeconds(60), default);
        await Eventually.IsTrueAsync(() => _time.PendingTimers == 2, "a pause");

        exited.SetResult();

        Assert.Equal(Readiness.Exited, (await work.WaitAsync(Eventually.Deadline)).Outcome);
    }

    [Fact]
    public async Task WaitAsync_EndsWhileAProbeWaitsForAnAnswer_EndsWithoutTheClock()
    {
        var exited = new TaskCompletionSource();
        var work = new ReadinessWaiter(_time).WaitAsync([FakeProbe.Silent()], exited.Task, Never, TimeSpan.FromSeconds(60), default);

        exited.SetResult();

        Assert.Equal(Readiness.Exited, (await work.WaitAsync(Eventually.Deadline)).Outcome);
    }

    [Fact]
    public async Task WaitAsync_PassesAndHasEnded_CountsAsEnded()
    {
        var exited = new TaskCompletionSource();
        var probe = new FakeProbe("x", (_, _) =>
        {
            exited.SetResult();
            return Task.FromResult(FakeProbe.Passed("x"));
        });

        Assert.Equal(Readiness.Exited, (await new ReadinessWaiter(_time).WaitAsync([probe], exited.Task, Never, TimeSpan.FromSeconds(60), default)).Outcome);
    }

    [Fact]
    public async Task WaitAsync_CancelledInAPauseOrAProbe_Throws()
    {
        foreach (var probe in (FakeProbe[])[FakeProbe.PassingAt(int.MaxValue), FakeProbe.Silent()])
        {
            using var cancellation = new CancellationTokenSource();
            var work = new ReadinessWaiter(_time).WaitAsync([probe], Never, Never, TimeSpan.FromSeconds(60), cancellation.Token);

            await cancellation.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Eventually.Deadline));
            Assert.Equal(0, _time.PendingTimers);
        }
    }

    [Fact]
    public async Task WaitAsync_TwoPasses_AreAskedAQuarterSecondApart()
    {
        var probe = new FakeProbe("x", (_, _) => Task.FromResult(FakeProbe.Passed("x"))) { Passes = 2 };

        var result = await RunAsync([probe], Never, TimeSpan.FromSeconds(60));

        Assert.Equal((Readiness.Ready, 2, TimeSpan.FromMilliseconds(250)), (result.Outcome, probe.Looks, Elapsed));
    }

    [Fact]
    public async Task WaitAsync_EarlyAnswererThatGoesAwayAgain_MustPassTwiceInARowAnew()
    {
        // Passes, is gone, passes, passes.
        var probe = new FakeProbe("x", (look, _) => Task.FromResult(look == 2 ? FakeProbe.Failed("x") : FakeProbe.Passed("x"))) { Passes = 2 };

        var result = await RunAsync([probe], Never, TimeSpan.FromSeconds(60));

        Assert.Equal((Readiness.Ready, 4), (result.Outcome, probe.Looks));
        Assert.Equal(TimeSpan.FromMilliseconds(250 + 10 + 250), Elapsed);
    }

    [Fact]
    public async Task WaitAsync_SecondPassIsDue_ComesAfterTheFirstPassesOfTheOthers()
    {
        List<string> looks = [];
        FakeProbe Noted(string name, int passes) => new(name, (_, _) =>
        {
            looks.Add(name);
            return Task.FromResult(FakeProbe.Passed(name));
        })
        { Passes = passes };

        var result = await RunAsync([Noted("a", 2), Noted("b", 1), Noted("c", 2)], Never, TimeSpan.FromSeconds(60));

        Assert.Equal(Readiness.Ready, result.Outcome);
        Assert.Equal(["a", "b", "c", "a", "c"], looks);
        Assert.Equal(TimeSpan.FromMilliseconds(250), Elapsed);
    }

    [Fact]
    public async Task WaitAsync_TerminalLine_EndsWithoutTheClock()
    {
        var terminal = new TaskCompletionSource<string>();
        foreach (var probe in (FakeProbe[])[FakeProbe.PassingAt(int.MaxValue), FakeProbe.Silent()])
        {
            var work = new ReadinessWaiter(_time).WaitAsync([FakeProbe.PassingAt(1), probe], Never, terminal.Task, TimeSpan.FromSeconds(60), default);

            terminal.TrySetResult("Emulator Health Check failed");

            var result = await work.WaitAsync(Eventually.Deadline);
            Assert.Equal((Readiness.GaveUp, "Emulator Health Check failed"), (result.Outcome, result.TerminalLine));
        }
    }

    [Fact]
    public async Task WaitAsync_UsableWhenTheTerminalLineComes_IsReady()
    {
        var terminal = new TaskCompletionSource<string>();
        var probe = new FakeProbe("x", (_, _) =>
        {
            terminal.SetResult("gave up");
            return Task.FromResult(FakeProbe.Passed("x"));
        });

        var result = await new ReadinessWaiter(_time).WaitAsync([probe], Never, terminal.Task, TimeSpan.FromSeconds(60), default);

        Assert.Equal((Readiness.Ready, null), (result.Outcome, result.TerminalLine));
    }

    [Fact]
    public async Task WaitAsync_ProbeThatCanNeverPass_ThrowsWhatItSays()
    {
        var probe = new FakeProbe("x", (_, _) => throw new LocalZureException(ErrorCode.ServiceUnhealthy, "never"));

        var error = await Assert.ThrowsAsync<LocalZureException>(() => new ReadinessWaiter(_time).WaitAsync([probe], Never, Never, TimeSpan.FromSeconds(60), default));

        Assert.Equal("never", error.Message);
    }

    // The limit and the pause are the two timers of a wait.
    private async Task<ReadinessResult> RunAsync(IReadOnlyList<IProbe> probes, Task exited, TimeSpan limit, int waiting = 2)
    {
        var work = new ReadinessWaiter(_time).WaitAsync(probes, exited, Never, limit, default);
        await _time.RunAsync(work, waiting);
        return await work;
    }
}
