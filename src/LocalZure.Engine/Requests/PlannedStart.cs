namespace LocalZure.Engine.Requests;

/// <summary>What a start would do for one service.</summary>
/// <param name="Name">The service.</param>
/// <param name="Instance">The instance; null for the unnamed one.</param>
/// <param name="Plan">What it would do and why, as the end of a sentence; empty when it would fail.</param>
/// <param name="Error">Why it would fail; null when nothing speaks against it.</param>
public sealed record PlannedStart(string Name, string? Instance, string Plan, LocalZureException? Error);
