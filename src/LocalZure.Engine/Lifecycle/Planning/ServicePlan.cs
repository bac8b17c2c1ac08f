namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>What to do for one service, and why.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="ContainerId">The container that exists; null when none does.</param>
internal sealed record ServicePlan(PlannedAction Action, string Reason, string? ContainerId = null);
