using System.Collections.Concurrent;
using LocalZure.Engine.Events;

namespace LocalZure.Engine.Commands;

/// <summary>Passes on what is told for the first time: who looks many times a second has the same to tell each time.</summary>
internal sealed class OnceEach : IProgress<LifecycleEvent>
{
    private readonly IProgress<LifecycleEvent> _events;
    private readonly ConcurrentDictionary<LifecycleEvent, bool> _told = new();

    /// <summary>Creates one.</summary>
    /// <param name="events">Told each event once.</param>
    public OnceEach(IProgress<LifecycleEvent> events) => _events = events;

    /// <inheritdoc/>
    public void Report(LifecycleEvent value)
    {
        if (_told.TryAdd(value, true))
        {
            _events.Report(value);
        }
    }
}
