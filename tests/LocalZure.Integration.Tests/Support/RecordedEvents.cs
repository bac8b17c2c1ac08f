using System.Collections.Concurrent;
using LocalZure.Engine.Events;

namespace LocalZure.Integration.Tests.Support;

/// <summary>What a call told, in order.</summary>
internal sealed class RecordedEvents : IProgress<LifecycleEvent>
{
    private readonly ConcurrentQueue<LifecycleEvent> _events = new();
    private readonly Action<string>? _onStep;

    /// <summary>Creates one.</summary>
    /// <param name="onStep">Told the name of each step as it begins, on the thread that takes it.</param>
    public RecordedEvents(Action<string>? onStep = null) => _onStep = onStep;

    public IReadOnlyList<LifecycleEvent> All => [.. _events];

    public IReadOnlyList<string> Warnings => _events.Select(value => (value as Degraded)?.Message ?? (value as Unseen)?.Message).OfType<string>().ToList();

    /// <summary>The name of the step that an event says has begun; null for other events.</summary>
    public static string? StepOf(LifecycleEvent value) => value switch
    {
        StepPlanned => "Planned",
        StepProgressed progress => progress.Step,
        _ => null,
    };

    public void Report(LifecycleEvent value)
    {
        _events.Enqueue(value);
        if (StepOf(value) is { } step)
        {
            _onStep?.Invoke(step);
        }
    }
}
