namespace LocalZure.Engine.Health;

/// <summary>What a wait for readiness saw.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="FirstByteMs">Milliseconds until the first answer of any kind; null when none came.</param>
/// <param name="Last">The last results, one per probe that was asked.</param>
/// <param name="TerminalLine">The line with which it gave up; null otherwise.</param>
internal sealed record ReadinessResult(Readiness Outcome, double? FirstByteMs, IReadOnlyList<ProbeResult> Last, string? TerminalLine = null);
