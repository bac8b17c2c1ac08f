namespace LocalZure.Engine.HostProcesses;

/// <summary>A start that is in flight.</summary>
/// <param name="Id">The operation's id, as in the label.</param>
/// <param name="Owner">The process that performs it, as in the label.</param>
/// <param name="Service">The service's name.</param>
/// <param name="Instance">The instance; null for the unnamed one.</param>
/// <param name="StartedAt">When it began.</param>
internal sealed record OperationEntry(string Id, string Owner, string Service, string? Instance, DateTimeOffset StartedAt);
