namespace LocalZure.Engine.Presentation;

/// <summary>
/// Passes on at most five updates a second per subject. An update that comes too early waits and is replaced by later ones,
/// so that what is shown is never older than 200 ms.
/// </summary>
public sealed class ProgressThrottle : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly object _lock = new();
    private readonly Dictionary<string, Bar> _bars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ids;
    private readonly TimeProvider _time;
    private readonly Action<ProgressUpdate> _send;

    /// <summary>Creates one.</summary>
    /// <param name="ids">The bars' numbers by subject, kept by the caller so that a subject keeps its bar; new subjects are added.</param>
    /// <param name="time">The clock.</param>
    /// <param name="send">Takes the updates that pass, one at a time.</param>
    public ProgressThrottle(Dictionary<string, int> ids, TimeProvider time, Action<ProgressUpdate> send)
    {
        _ids = ids;
        _time = time;
        _send = send;
    }

    /// <summary>Takes an update of a subject.</summary>
    public void Update(string subject, string status, int? percent)
    {
        lock (_lock)
        {
            var bar = BarOf(subject);
            bar.Pending = new ProgressUpdate(bar.Id, subject, status, percent, Completed: false);
            var wait = bar.SentAt is { } sent ? Interval - _time.GetElapsedTime(sent) : TimeSpan.Zero;
            if (wait <= TimeSpan.Zero)
            {
                Flush(bar);
            }
            else
            {
                bar.Timer.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Completes the subject's bar at once, if it is shown.</summary>
    public void Complete(string subject)
    {
        lock (_lock)
        {
            if (_bars.TryGetValue(subject, out var bar))
            {
                Complete(bar, _send);
            }
        }
    }

    /// <summary>Completes every bar that is shown.</summary>
    /// <param name="send">Takes the updates.</param>
    public void CompleteAll(Action<ProgressUpdate> send)
    {
        lock (_lock)
        {
            foreach (var bar in _bars.Values)
            {
                Complete(bar, send);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var bar in _bars.Values)
            {
                bar.Timer.Dispose();
            }
        }
    }

    private static void Complete(Bar bar, Action<ProgressUpdate> send)
    {
        bar.Pending = null;
        if (bar.Shown is { } shown)
        {
            bar.Shown = null;
            send(shown with { Completed = true });
        }
    }

    private Bar BarOf(string subject)
    {
        if (!_bars.TryGetValue(subject, out var bar))
        {
            _ids.TryAdd(subject, _ids.Count + 1);
            bar = new Bar(_ids[subject]);
            bar.Timer = _time.CreateTimer(_ => FlushLater(bar), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _bars.Add(subject, bar);
        }

        return bar;
    }

    private void FlushLater(Bar bar)
    {
        lock (_lock)
        {
            Flush(bar);
        }
    }

    private void Flush(Bar bar)
    {
        if (bar.Pending is not { } update)
        {
            return;
        }

        bar.Pending = null;
        bar.SentAt = _time.GetTimestamp();
        bar.Shown = update;
        _send(update);
    }

    private sealed class Bar(int id)
    {
        public int Id { get; } = id;

        public ITimer Timer { get; set; } = null!;

        public ProgressUpdate? Pending { get; set; }

        public ProgressUpdate? Shown { get; set; }

        public long? SentAt { get; set; }
    }
}
