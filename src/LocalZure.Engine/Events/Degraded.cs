namespace LocalZure.Engine.Events;

/// <summary>The call goes on, but not as it was asked for.</summary>
/// <param name="Subject">What it is about; null for the call as a whole.</param>
/// <param name="Message">What is different and why, in one or two sentences.</param>
public sealed record Degraded(string? Subject, string Message) : LifecycleEvent(Subject);
