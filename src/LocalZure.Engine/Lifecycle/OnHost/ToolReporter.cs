using LocalZure.Engine.Events;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Passes on what the installation of a host tool says.</summary>
internal sealed class ToolReporter : IProgress<string>
{
    private readonly string _subject;
    private readonly IProgress<LifecycleEvent> _events;

    /// <summary>Creates one.</summary>
    /// <param name="subject">The container's name.</param>
    /// <param name="events">Told what is said.</param>
    public ToolReporter(string subject, IProgress<LifecycleEvent> events)
    {
        _subject = subject;
        _events = events;
    }

    /// <inheritdoc/>
    public void Report(string value) => _events.Report(new StepProgressed(_subject, "Installing", value));
}
