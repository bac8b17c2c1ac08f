using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Logs;

/// <summary>Makes of a container's line what users see.</summary>
internal static class LogEntries
{
    /// <summary>The entry of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="key">The service.</param>
    /// <param name="containerName">The container's name.</param>
    public static LogEntry Of(ContainerLogLine line, ServiceKey key, string containerName) =>
        new(line.Timestamp, key.Name, key.Instance, containerName, line.IsError ? "stderr" : "stdout", line.Text) { IsPartial = line.IsPartial };
}
