namespace LocalZure.Engine.Events;

/// <summary>Something that happened while a call ran. Facts; how they are shown is up to who listens.</summary>
/// <param name="Subject">What it is about: a container's name, or another name of ours; null for the call as a whole.</param>
public abstract record LifecycleEvent(string? Subject);
