namespace LocalZure.Engine.Lifecycle;

/// <summary>Writes the time line of one start.</summary>
internal sealed class StartClock
{
    private readonly TimeProvider _time;
    private readonly long _started;

    /// <summary>Starts the clock.</summary>
    public StartClock(TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>The time line so far.</summary>
    public StartTimeline Timeline { get; private set; } = new();

    /// <summary>Milliseconds since the start.</summary>
    public double NowMs => Math.Round(_time.GetElapsedTime(_started).TotalMilliseconds, 1);

    /// <summary>The pull has ended.</summary>
    public void Pulled() => Timeline = Timeline with { PulledMs = NowMs };

    /// <summary>It was created.</summary>
    public void Created() => Timeline = Timeline with { CreatedMs = NowMs };

    /// <summary>It was started.</summary>
    public void Started() => Timeline = Timeline with { StartedMs = NowMs };

    /// <summary>It is usable.</summary>
    /// <param name="waitBegan">When the wait for it began, in milliseconds on this clock.</param>
    /// <param name="firstByteMs">When the first answer came, in milliseconds since then; null when none came.</param>
    public void Ready(double waitBegan, double? firstByteMs) =>
        Timeline = Timeline with { FirstByteMs = firstByteMs is { } first ? Math.Round(waitBegan + first, 1) : null, ReadyMs = NowMs };
}
