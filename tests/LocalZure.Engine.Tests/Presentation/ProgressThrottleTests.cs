using LocalZure.Engine.Presentation;

namespace LocalZure.Engine.Tests.Presentation;

public sealed class ProgressThrottleTests : IDisposable
{
    private readonly SteppedTimeProvider _time = new();
    private readonly Dictionary<string, int> _ids = [];
    private readonly List<ProgressUpdate> _sent = [];
    private readonly ProgressThrottle _throttle;

    public ProgressThrottleTests() => _throttle = new ProgressThrottle(_ids, _time, _sent.Add);

    public void Dispose() => _throttle.Dispose();

    [Fact]
    public void Update_ManyInASecond_SendsFiveAndTheLastOne()
    {
        for (var i = 0; i < 100; i++)
        {
            _throttle.Update("blob", $"step {i}", i);
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(
            new[] { 0, 19, 39, 59, 79, 99 },
            _sent.Select(update => update.Percent!.Value));
    }

    [Fact]
    public void Update_TooEarlyAndNothingFollows_IsSentWhenItsTimeComes()
    {
        _throttle.Update("blob", "first", null);
        _throttle.Update("blob", "second", null);
        _throttle.Update("blob", "third", null);
        Assert.Equal([new ProgressUpdate(1, "blob", "first", null, Completed: false)], _sent);

        _time.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal(new ProgressUpdate(1, "blob", "third", null, Completed: false), _sent[^1]);
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void Update_SeveralSubjects_AreHeldBackEachForItselfUnderTheirOwnIds()
    {
        _ids["table"] = 1;
        _throttle.Update("blob", "pulling", 1);
        _throttle.Update("queue", "pulling", 2);
        _throttle.Update("table", "pulling", 3);

        Assert.Equal([("blob", 2), ("queue", 3), ("table", 1)], _sent.Select(update => (update.Subject, update.Id)));
    }

    [Fact]
    public void Complete_BarThatIsShown_IsSentAtOnceAndOnce()
    {
        _throttle.Update("blob", "pulling", 50);
        _throttle.Update("blob", "starting", null);

        _throttle.Complete("blob");
        _throttle.Complete("blob");
        _time.Advance(TimeSpan.FromSeconds(1));
        _throttle.CompleteAll(_sent.Add);

        Assert.Equal(
            [new ProgressUpdate(1, "blob", "pulling", 50, Completed: false), new ProgressUpdate(1, "blob", "pulling", 50, Completed: true)],
            _sent);
    }

    [Fact]
    public void Complete_UnknownSubject_SendsNothing()
    {
        _throttle.Complete("blob");

        Assert.Empty(_sent);
    }

    [Fact]
    public void CompleteAll_TwoBarsOneCompleted_CompletesTheOther()
    {
        _throttle.Update("blob", "starting", null);
        _throttle.Update("queue", "starting", null);
        _throttle.Complete("blob");
        var completed = new List<ProgressUpdate>();

        _throttle.CompleteAll(completed.Add);

        Assert.Equal([new ProgressUpdate(2, "queue", "starting", null, Completed: true)], completed);
    }
}
