using LocalZure.Engine.Containers;
using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Statistics;

/// <summary>One look at what a service uses: a container's, or a tree of processes'.</summary>
/// <param name="Subject">Which one.</param>
/// <param name="At">When, by this machine's clock.</param>
/// <param name="Ticks">The same as a time stamp that never goes back.</param>
/// <param name="Container">What its container told; null for host processes.</param>
/// <param name="Process">What its processes use; null for containers.</param>
internal sealed record Measurement(MeasuredSubject Subject, DateTimeOffset At, long Ticks, ContainerSample? Container, ProcessUsage? Process);
