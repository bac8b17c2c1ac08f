namespace LocalZure.Engine;

/// <summary>
/// Takes what services write, for hosts of the engine that have a log of their own; see <see cref="EngineOptions.ContainerLogs"/>. An
/// adapter to <c>Microsoft.Extensions.Logging</c> is in <c>docs/hosting.md</c>.
/// </summary>
public interface IContainerLogSink
{
    /// <summary>
    /// Takes one line. Never called twice at the same time; while it runs the next lines wait where they are, with the daemon or in
    /// the files of a host process, so that a slow sink costs neither memory nor lines.
    /// </summary>
    /// <param name="category"><c>localzure.container.</c> and the container's name.</param>
    /// <param name="line">The line. Many programs write everything to standard error: its stream does not tell how bad it is.</param>
    void Write(string category, LogEntry line);

    /// <summary>The output cannot be read any more; the next start or restart of a service tries again.</summary>
    /// <param name="failure">What stands in the way.</param>
    void Fail(LocalZureException failure);
}
