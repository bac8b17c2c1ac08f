namespace LocalZure.Engine.Requests;

/// <summary>What a monitor has to tell: a change of health, or an alert.</summary>
/// <param name="Health">The health that has changed, with the history until then; null for an alert.</param>
/// <param name="Alert">The alert; null for a change of health.</param>
public sealed record MonitorReport(ServiceHealth? Health, Alert? Alert);
