namespace LocalZure.Engine.Requests;

/// <summary>How the removal of one of several environments went.</summary>
/// <param name="Environment">The environment as it was before.</param>
/// <param name="Error">What stood in the way; null when it is gone.</param>
public sealed record EnvironmentOutcome(EnvironmentInfo Environment, LocalZureException? Error);
