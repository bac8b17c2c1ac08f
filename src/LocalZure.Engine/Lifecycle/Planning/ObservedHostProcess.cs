using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>An entry of the host registry, checked against the operating system.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="IsRunning">Whether exactly that process runs, as far as that can be told.</param>
/// <param name="ExitCode">The exit code that it left; null when it runs or left none.</param>
internal sealed record ObservedHostProcess(HostProcessEntry Entry, bool IsRunning, int? ExitCode)
{
    /// <summary>Whether nobody here can say whether it runs: it is one of another machine or container, or hidden. Never to be treated as ended.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Whether it is frozen.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The service it runs.</summary>
    public ServiceKey Key => new(Entry.Service, Entry.Instance);
}
