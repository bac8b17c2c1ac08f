using System.Collections.Concurrent;
using LocalZure.Engine.Events;
using LocalZure.Engine.Presentation;

namespace LocalZure.PowerShell.Pipeline;

/// <summary>Keeps the warnings of work during which nothing may be written.</summary>
internal sealed class QuietEvents : IProgress<LifecycleEvent>
{
    private readonly ConcurrentQueue<string> _warnings = new();

    /// <summary>The warnings, in their order.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <inheritdoc/>
    public void Report(LifecycleEvent value)
    {
        if (value is Degraded degraded)
        {
            _warnings.Enqueue(EventText.Of(degraded.Subject, degraded.Message));
        }
    }
}
