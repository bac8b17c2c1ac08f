namespace LocalZure.Engine.Tests.Support;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public int PendingTimers => Locked(() => _timers.Count(timer => timer.Due is not null));

    public override DateTimeOffset GetUtcNow() => Locked(() => _now);

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing what comes due on the way in its order.</summary>
    public void Advance(TimeSpan span)
    {
        var end = GetUtcNow() + span;
        while (FireNext(end))
        {
        }

        Locked(() => _now = end);
    }

    /// <summary>Moves the clock to the next timer and fires it; false when there is none.</summary>
    public bool AdvanceToNextTimer() => FireNext(DateTimeOffset.MaxValue);

    /// <summary>Runs the clock until the work is done. A timer is fired once so many of them wait.</summary>
    /// <param name="work">The work.</param>
    /// <param name="waiting">How many timers wait when the work can go on by the clock alone.</param>
    public async Task RunAsync(Task work, int waiting = 1)
    {
        while (!work.IsCompleted)
        {
            await Eventually.IsTrueAsync(() => work.IsCompleted || PendingTimers >= waiting, $"the work ends or {waiting} timers wait");
            if (!work.IsCompleted)
            {
                AdvanceToNextTimer();
            }
        }
    }

    private bool FireNext(DateTimeOffset end)
    {
        var next = Locked(() =>
        {
            var first = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (first is not null)
            {
                _now = first.Due > _now ? first.Due.Value : _now;
                first.Due = first.Period > TimeSpan.Zero ? _now + first.Period : null;
            }

            return first;
        });
        next?.Fire();
        return next is not null;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private sealed class ManualTimer(ManualTimeProvider time, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => time.Locked(() =>
        {
            time._timers.Remove(this);
            time._timers.Add(this);
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            Period = period;
            return true;
        });

        public void Dispose() => time.Locked(() => time._timers.Remove(this));

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
