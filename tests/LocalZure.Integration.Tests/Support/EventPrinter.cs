using LocalZure.Engine.Events;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Prints each event on a line; the step's name comes first.</summary>
internal sealed class EventPrinter : IProgress<LifecycleEvent>
{
    public void Report(LifecycleEvent value) => Console.WriteLine(RecordedEvents.StepOf(value) is { } step ? $"step {step}" : $"event {value}");
}
