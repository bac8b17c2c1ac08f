namespace LocalZure.Faults.Simulation;

/// <summary>A network of the simulated daemon.</summary>
internal sealed record SimulatedNetwork(string Id, string Name, IReadOnlyDictionary<string, string> Labels, DateTimeOffset CreatedAt);
