namespace LocalZure.Engine.Events;

/// <summary>The engine that the user names could not be looked at, and nothing was found elsewhere: nobody knows what runs there.</summary>
/// <param name="Failure">Why it could not be looked at.</param>
/// <param name="Message">What is shown.</param>
public sealed record Unseen(LocalZureException Failure, string Message) : LifecycleEvent((string?)null);
