using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LocalZure.Engine.Logs;

/// <summary>
/// Merges logs that go on, in the order of time. A line is given when every other log has a later one, has passed its time, or has had
/// time enough to say something older: 200 ms while all is well, more while a log is catching up.
/// </summary>
internal sealed class ReorderWindow
{
    /// <summary>How long a line waits for logs that are silent.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a line waits for logs that nobody reads at the moment.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a line waits for logs whose old lines are still being read, and do not come.</summary>
    public static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private ReorderSource[] _sources = [];
    private Exception? _failure;
    private volatile bool _isComplete;

    /// <summary>Creates one.</summary>
    /// <param name="time">The clock.</param>
    public ReorderWindow(TimeProvider time) => _time = time;

    /// <summary>Adds a log, which is catching up.</summary>
    public ReorderSource Add()
    {
        var source = new ReorderSource(_time, Wake);
        lock (_gate)
        {
            _sources = [.. _sources.Where(old => !old.IsDone), source];
        }

        return source;
    }

    /// <summary>Tells that no log has anything more to say. Lines that wait are still given.</summary>
    /// <param name="failure">What the reading ends with; null for an end in peace.</param>
    public void Complete(Exception? failure)
    {
        _failure = failure;
        _isComplete = true;
        Wake();
    }

    /// <summary>Takes the next line.</summary>
    /// <param name="entry">The line.</param>
    /// <param name="wait">When there is none, when to look again; infinite when only a new line can change that.</param>
    public bool TryTake([NotNullWhen(true)] out LogEntry? entry, out TimeSpan wait)
    {
        var sources = Volatile.Read(ref _sources);
        entry = null;
        wait = Timeout.InfiniteTimeSpan;
        if (FindFirst(sources) is not { } first)
        {
            return false;
        }

        wait = _isComplete ? TimeSpan.Zero : WaitOf(first.Line, first.Source, sources);
        if (wait > TimeSpan.Zero)
        {
            return false;
        }

        first.Source.Take();
        entry = first.Line.Entry;
        return true;
    }

    /// <summary>All lines until <see cref="Complete"/>.</summary>
    public async IAsyncEnumerable<LogEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            _wake.Reader.TryRead(out _);
            var isComplete = _isComplete;
            TimeSpan wait;
            while (TryTake(out var entry, out wait))
            {
                yield return entry;
            }

            if (isComplete)
            {
                break;
            }

            await WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        }

        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private static (ReorderSource Source, WaitingLine Line)? FindFirst(ReorderSource[] sources)
    {
        (ReorderSource Source, WaitingLine Line)? first = null;
        foreach (var source in sources)
        {
            if (source.TryPeek(out var line, out _) && (first is null || line.Time < first.Value.Line.Time))
            {
                first = (source, line);
            }
        }

        return first;
    }

    private static TimeSpan WaitOf(WaitingLine line, ReorderSource own, ReorderSource[] sources)
    {
        var wait = TimeSpan.Zero;
        foreach (var source in sources)
        {
            if (source == own)
            {
                continue;
            }

            var hasLine = source.TryPeek(out var other, out var passed);
            if (hasLine ? other!.Time < line.Time : passed < line.Time.UtcTicks)
            {
                // One that has come since the first was looked for: it is to be looked for again at once.
                var its = hasLine ? TimeSpan.FromTicks(1) : source.WaitFor(line);
                wait = its > wait ? its : wait;
            }
        }

        return wait;
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var woken = _wake.Reader.WaitToReadAsync(end.Token).AsTask();
        if (wait == Timeout.InfiniteTimeSpan)
        {
            await woken.ConfigureAwait(false);
            return;
        }

        // A timer that is set to less than a millisecond fires at once, and again and again.
        var delay = Task.Delay(wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait, _time, end.Token);
        await Task.WhenAny(woken, delay).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
