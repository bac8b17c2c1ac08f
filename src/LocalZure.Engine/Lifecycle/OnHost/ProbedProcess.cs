using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Lifecycle.OnHost;

/// <summary>Lets probes look at a process of this machine.</summary>
internal static class ProbedProcess
{
    /// <summary>The process of an entry.</summary>
    /// <param name="host">What host mode needs.</param>
    /// <param name="entry">The entry.</param>
    public static ProbedService Of(HostServices host, HostProcessEntry entry) => new()
    {
        Name = entry.ContainerName,
        Ports = entry.Ports,
        StartedAt = entry.StartedAt,
        ReadLog = (follow, cancellationToken) => host.ReadLogAsync(entry, new ContainerLogQuery(Follow: follow, Since: entry.StartedAt), cancellationToken),
        IsRunning = () => entry.Process is { } process && host.Runner.IsRunning(process),
    };
}
