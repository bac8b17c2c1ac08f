using LocalZure.Engine.Events;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Presentation;

/// <summary>Writes out what a call tells while it runs.</summary>
public static class EventText
{
    /// <summary>A warning or a note with what it is about.</summary>
    /// <param name="subject">What it is about; null for the call as a whole.</param>
    /// <param name="message">The sentence.</param>
    public static string Of(string? subject, string message) => VisibleText.Of(subject is null ? message : $"{subject}: {message}");

    /// <summary>What will be done with a service, for example <c>localzure-blob: Create (nothing is there)</c>.</summary>
    /// <param name="planned">The decision.</param>
    public static string Of(StepPlanned planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return VisibleText.Of($"{planned.Subject}: {planned.Action} ({planned.Reason})");
    }

    /// <summary>Where a step is, for example <c>Pulling: 12 of 30 MB</c>.</summary>
    /// <param name="step">The step.</param>
    public static string Of(StepProgressed step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return VisibleText.Of($"{step.Step}: {step.Status}");
    }
}
