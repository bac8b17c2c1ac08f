using LocalZure.Engine.Logs;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Logs;

/// <summary>A follow that somebody reads.</summary>
internal sealed class RunningFollow : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _seen = [];
    private readonly Task _reading;

    public RunningFollow(LogReader reader, TestEngine engine, LogRequest request) => _reading = Task.Run(async () =>
    {
        await foreach (var entry in reader.ReadAsync(request, engine.Events, _stop.Token))
        {
            lock (_seen)
            {
                _seen.Add(entry.Message);
            }
        }
    });

    /// <summary>Waits for a line.</summary>
    public Task SeesAsync(string line) => Eventually.IsTrueAsync(() => _reading.IsFaulted || Seen().Contains(line), line);

    /// <summary>Waits for the end; all lines.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        await _reading.WaitAsync(Eventually.Deadline);
        return Seen();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_reading.ContinueWith(static _ => { }, TaskScheduler.Default));
        _stop.Dispose();
    }

    private List<string> Seen()
    {
        lock (_seen)
        {
            return [.. _seen];
        }
    }
}
