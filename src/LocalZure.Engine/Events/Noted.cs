namespace LocalZure.Engine.Events;

/// <summary>Something for those who look closely.</summary>
/// <param name="Subject">What it is about; null for the call as a whole.</param>
/// <param name="Message">One sentence.</param>
public sealed record Noted(string? Subject, string Message) : LifecycleEvent(Subject);
