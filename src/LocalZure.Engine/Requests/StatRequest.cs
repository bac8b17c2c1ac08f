namespace LocalZure.Engine.Requests;

/// <summary>Which services to measure, and how often.</summary>
/// <param name="Services">The services; those that do not run have nothing to measure.</param>
/// <param name="Interval">The time between two measurements.</param>
public sealed record StatRequest(ServiceQuery Services, TimeSpan Interval);
