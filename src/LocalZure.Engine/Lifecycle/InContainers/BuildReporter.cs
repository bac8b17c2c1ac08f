using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;

namespace LocalZure.Engine.Lifecycle.InContainers;

/// <summary>Tells the steps of a build as events.</summary>
internal sealed class BuildReporter : IProgress<BuildProgress>
{
    private const int Longest = 120;

    private readonly string _subject;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="subject">The container's name.</param>
    /// <param name="events">Told the steps.</param>
    public BuildReporter(string subject, IProgress<LifecycleEvent> events)
    {
        _subject = subject;
        _events = events;
    }

    /// <inheritdoc/>
    public void Report(BuildProgress value)
    {
        var where = value.Step == 0 ? "" : $"step {value.Step}/{value.Steps}: ";
        var text = value.Line ?? value.Instruction;
        _events.Report(new StepProgressed(
            _subject,
            "Building",
            where + (text.Length <= Longest ? text : text[..Longest] + "..."),
            value.Steps == 0 ? null : 100 * (value.Step - 1) / value.Steps));
    }
}
