namespace LocalZure.Engine.Health;

/// <summary>A line that the service must have written since it was started.</summary>
/// <param name="Pattern">A regular expression that must match somewhere in one line.</param>
internal sealed record LogProbeDefinition(string Pattern) : ProbeDefinition;
