using LocalZure.Engine.HostProcesses;

namespace LocalZure.Engine.Lifecycle.Planning;

/// <summary>An entry of the host registry, checked against the operating system.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="IsRunning">Whether exactly that process runs.</param>
/// <param name="ExitCode">The exit code that it left; null when it runs or left none.</param>
internal sealed record ObservedHostProcess(HostProcessEntry Entry, bool IsRunning, int? ExitCode)
{
    /// <summary>Whether it is frozen.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The service it runs.</summary>
    public ServiceKey Key => new(Entry.Service, Entry.Instance);
}
