namespace LocalZure.Engine.Events;

/// <summary>Nothing more will be done for a service in this call, however it went.</summary>
/// <param name="Subject">The container's name.</param>
public sealed record StepsEnded(string Subject) : LifecycleEvent(Subject);
