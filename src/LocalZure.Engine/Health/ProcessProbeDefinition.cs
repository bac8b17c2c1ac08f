namespace LocalZure.Engine.Health;

/// <summary>Exactly the process that was started must run. For host processes only.</summary>
/// <param name="StableFor">How long it must have run.</param>
internal sealed record ProcessProbeDefinition(TimeSpan StableFor) : ProbeDefinition;
