using LocalZure.Engine.Logs;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Logs;

public sealed class ReorderWindowTests
{
    private static readonly TimeSpan Almost = ReorderWindow.Length - TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly ReorderWindow _window;

    public ReorderWindowTests() => _window = new ReorderWindow(_time);

    [Fact]
    public async Task TryTake_OneLog_WaitsForNobody()
    {
        await WriteAsync(Live(), 2, 1);

        Assert.Equal([2, 1], TakeAll());
    }

    [Fact]
    public async Task TryTake_OtherLogIsSilent_WaitsForTheLengthOfTheWindow()
    {
        var a = Live();
        Live();
        await WriteAsync(a, 1);

        Assert.False(_window.TryTake(out _, out var wait));
        Assert.Equal(ReorderWindow.Length, wait);
        _time.Advance(Almost);
        Assert.Empty(TakeAll());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([1], TakeAll());
    }

    [Fact]
    public async Task TryTake_OlderLineComesWithinTheWindow_IsGivenFirst()
    {
        var (a, b) = (Live(), Live());
        await WriteAsync(a, 2, 5);
        _time.Advance(Almost);
        await WriteAsync(b, 1, 3);

        Assert.Equal([1, 2, 3], TakeAll());
        _time.Advance(ReorderWindow.Length);
        Assert.Equal([5], TakeAll());
    }

    [Fact]
    public async Task TryTake_OtherLogHasPassedTheTime_WaitsForNobody()
    {
        var (a, b) = (Live(), Live());
        await WriteAsync(a, 1, 2, 3);
        b.Pass(At(2));

        Assert.Equal([1, 2], TakeAll());
    }

    [Fact]
    public async Task TryTake_OtherLogCatchesUp_WaitsUntilItHas()
    {
        var (a, b) = (Live(), _window.Add());
        await WriteAsync(a, 10);
        _time.Advance(ReorderWindow.Length * 2);
        Assert.Empty(TakeAll());

        for (var line = 1; line <= 3; line++)
        {
            await WriteAsync(b, line);
            Assert.Equal([line], TakeAll());
            _time.Advance(ReorderWindow.CatchUp / 2);
        }

        b.Phase = SourcePhase.Live;
        Assert.Equal([10], TakeAll());
    }

    [Fact]
    public async Task TryTake_OtherLogCatchesUpAndSaysNothing_DoesNotWaitForEver()
    {
        var a = Live();
        _window.Add();
        await WriteAsync(a, 1);
        Assert.Empty(TakeAll());

        _time.Advance(ReorderWindow.CatchUp);

        Assert.Equal([1], TakeAll());
    }

    [Fact]
    public async Task TryTake_LinesOfOneLogThatGoBackInTime_KeepTheirOrder()
    {
        var (a, b) = (Live(), Live());
        await WriteAsync(a, 3, 1);
        await WriteAsync(b, 2, 4);

        Assert.Equal([2, 3, 1], TakeAll());
    }

    [Fact]
    public async Task ReadAllAsync_Completed_GivesWhatWaitsAndThenFails()
    {
        var (a, b) = (Live(), _window.Add());
        await WriteAsync(a, 2);
        await WriteAsync(b, 1);
        _window.Complete(new LocalZureException(ErrorCode.DockerApiError, "broken"));
        List<int> seen = [];

        var error = await Assert.ThrowsAsync<LocalZureException>(async () =>
        {
            await foreach (var entry in _window.ReadAllAsync(default))
            {
                seen.Add(entry.Timestamp.Second);
            }
        });

        Assert.Equal([1, 2], seen);
        Assert.Equal("broken", error.Message);
    }

    private static DateTimeOffset At(int second) => new(2026, 1, 31, 12, 0, second, TimeSpan.Zero);

    private ReorderSource Live()
    {
        var source = _window.Add();
        source.Phase = SourcePhase.Live;
        return source;
    }

    private static async Task WriteAsync(ReorderSource source, params int[] seconds)
    {
        foreach (var second in seconds)
        {
            await source.WriteAsync(new LogEntry(At(second), "a", null, "localzure-a", "stdout", $"{second}"), default);
        }
    }

    private List<int> TakeAll()
    {
        List<int> taken = [];
        while (_window.TryTake(out var entry, out _))
        {
            taken.Add(entry.Timestamp.Second);
        }

        return taken;
    }
}
