namespace LocalZure.Engine.Events;

/// <summary>The engine decided what to do with a service.</summary>
/// <param name="Subject">The container's name.</param>
/// <param name="Action">What will be done, for example <c>Create</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record StepPlanned(string Subject, string Action, string Reason) : LifecycleEvent(Subject);
