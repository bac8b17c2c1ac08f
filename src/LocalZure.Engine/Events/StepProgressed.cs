namespace LocalZure.Engine.Events;

/// <summary>A step goes on.</summary>
/// <param name="Subject">The container's name.</param>
/// <param name="Step">What is done, for example <c>Pulling</c>.</param>
/// <param name="Status">Where it is, in a few words.</param>
/// <param name="Percent">From 0 to 100; null when not known.</param>
public sealed record StepProgressed(string Subject, string Step, string Status, int? Percent = null) : LifecycleEvent(Subject);
