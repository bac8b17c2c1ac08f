using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace LocalZure.Engine.Logs;

/// <summary>
/// The lines of one log that wait for their turn in a <see cref="ReorderWindow"/>. One writes, and the window reads. So many lines
/// and no more are kept: who has written them waits.
/// </summary>
internal sealed class ReorderSource
{
    private const int Capacity = 1024;

    private readonly Channel<WaitingLine> _lines = Channel.CreateBounded<WaitingLine>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
    private readonly TimeProvider _time;
    private readonly Action _wake;
    private DateTimeOffset _newest;
    private long _passed;
    private long? _emptySince;
    private volatile SourcePhase _phase = SourcePhase.CatchingUp;

    /// <summary>Creates one; <see cref="ReorderWindow.Add"/> does.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="wake">Makes the window look again.</param>
    public ReorderSource(TimeProvider time, Action wake)
    {
        _time = time;
        _wake = wake;
    }

    /// <summary>What is known of when its next line comes.</summary>
    public SourcePhase Phase
    {
        get => _phase;
        set
        {
            _phase = value;
            _wake();
        }
    }

    /// <summary>Whether nothing more comes and nothing waits.</summary>
    public bool IsDone => Phase == SourcePhase.Over && _lines.Reader.Count == 0;

    /// <summary>Adds a line, when there is room for it.</summary>
    public async ValueTask WriteAsync(LogEntry entry, CancellationToken cancellationToken)
    {
        // Lines of one log keep their order, even where their stamps do not.
        _newest = entry.Timestamp > _newest ? entry.Timestamp : _newest;
        await _lines.Writer.WriteAsync(new WaitingLine(entry, _newest, _time.GetTimestamp()), cancellationToken).ConfigureAwait(false);
        _wake();
    }

    /// <summary>Tells that the log has passed a time, with a line that nobody wants.</summary>
    public void Pass(DateTimeOffset time) => Volatile.Write(ref _passed, Math.Max(_passed, time.UtcTicks));

    /// <summary>The first line that waits.</summary>
    public bool TryPeek([NotNullWhen(true)] out WaitingLine? line, out long passed)
    {
        // In this order: a line that was written before the log passed a time must be seen.
        passed = Volatile.Read(ref _passed);
        if (_lines.Reader.TryPeek(out line))
        {
            _emptySince = null;
            return true;
        }

        _emptySince ??= _time.GetTimestamp();
        return false;
    }

    /// <summary>Takes the first line away.</summary>
    public void Take() => _lines.Reader.TryRead(out _);

    /// <summary>How much longer a line of another log has to wait for this one, which is empty.</summary>
    public TimeSpan WaitFor(WaitingLine line)
    {
        var limit = Phase switch
        {
            SourcePhase.CatchingUp => ReorderWindow.CatchUp,
            SourcePhase.Between => ReorderWindow.Between,
            SourcePhase.Live => ReorderWindow.Length,
            _ => TimeSpan.Zero,
        };
        return limit - _time.GetElapsedTime(Math.Max(line.Arrived, _emptySince ?? line.Arrived));
    }
}
