namespace LocalZure.Faults.Simulation;

/// <summary>A volume of the simulated daemon.</summary>
internal sealed record SimulatedVolume(string Name, IReadOnlyDictionary<string, string> Labels, DateTimeOffset CreatedAt);
