namespace LocalZure.Engine.Requests;

/// <summary>How it went for one of several services: exactly one of the two is there.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Instance">The instance; null for the unnamed one.</param>
/// <param name="Service">The service, when it went well.</param>
/// <param name="Error">The failure, when it did not.</param>
public sealed record ServiceOutcome(string Name, string? Instance, Service? Service, LocalZureException? Error);
