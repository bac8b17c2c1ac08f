using System.Collections.Concurrent;
using LocalZure.Engine.Events;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Keeps what a call said.</summary>
internal sealed class RecordedEvents : IProgress<LifecycleEvent>
{
    private readonly ConcurrentQueue<LifecycleEvent> _all = new();

    public IReadOnlyList<LifecycleEvent> All => [.. _all];

    public IReadOnlyList<string> Warnings => _all.Select(value => (value as Degraded)?.Message ?? (value as Unseen)?.Message).OfType<string>().ToList();

    public IReadOnlyList<string> Notes => _all.OfType<Noted>().Select(note => note.Message).ToList();

    public IReadOnlyList<string> Plans => _all.OfType<StepPlanned>().Select(plan => plan.Action).ToList();

    public void Report(LifecycleEvent value) => _all.Enqueue(value);
}
