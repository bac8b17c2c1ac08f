namespace LocalZure.Engine.Health;

/// <summary>What must answer before a service counts as usable.</summary>
internal abstract record ProbeDefinition;
