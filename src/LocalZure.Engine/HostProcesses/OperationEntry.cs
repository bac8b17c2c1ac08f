using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>A start that is in flight.</summary>
/// <param name="Id">The operation's id, as in the label.</param>
/// <param name="Owner">The process that performs it, as in the label.</param>
/// <param name="Service">The service's name.</param>
/// <param name="Instance">The instance; null for the unnamed one.</param>
/// <param name="StartedAt">When it began.</param>
internal sealed record OperationEntry(string Id, string Owner, string Service, string? Instance, DateTimeOffset StartedAt)
{
    /// <summary>The container that it replaces, which has given up its name and waits until its successor is usable; null when there is none.</summary>
    public string? Replaces { get; init; }

    /// <summary>Whether it was made on the host, where no engine is needed to see what it has left.</summary>
    public bool OnHost { get; init; }

    /// <summary>Whether it has all that it must have, and is that of an id: a file may hold anything.</summary>
    public bool IsWhole(string id) => Id == id && Owner is not null
        && Service is not null && PlainName.Allows(Service) && (Instance is null || PlainName.Allows(Instance));
}
