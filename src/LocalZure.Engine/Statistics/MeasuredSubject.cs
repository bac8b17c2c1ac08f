using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Statistics;

/// <summary>What is measured.</summary>
/// <param name="Key">The service.</param>
/// <param name="ContainerName">Its name as a container.</param>
/// <param name="ContainerId">The container; null for host processes.</param>
/// <param name="Process">The process; null for containers.</param>
internal sealed record MeasuredSubject(ServiceKey Key, string ContainerName, string? ContainerId, ProcessIdentity? Process);
