using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>A watcher at work.</summary>
/// <param name="Name">The watcher's name.</param>
/// <param name="Owner">The process that it watches, as in the label.</param>
/// <param name="Process">The watcher itself.</param>
internal sealed record WatcherEntry(string Name, string Owner, ProcessIdentity Process)
{
    /// <summary>Whether it has all that it must have, and is that of a name: a file may hold anything.</summary>
    public bool IsWhole(string name) => Name == name && Owner is not null && Process is { StartToken: not null };
}
