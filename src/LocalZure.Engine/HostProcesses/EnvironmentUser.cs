namespace LocalZure.Engine.HostProcesses;

/// <summary>One use of an environment that goes when nobody uses it any more.</summary>
/// <param name="Id">Tells it from other uses.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Owner">The process that uses it, as in the label.</param>
/// <param name="IsShared">Whether others may use it too.</param>
/// <param name="AcquiredAt">When the use began.</param>
internal sealed record EnvironmentUser(string Id, string Environment, string Owner, bool IsShared, DateTimeOffset AcquiredAt)
{
    /// <summary>Whether it may have something in Docker, without which it then cannot be removed.</summary>
    public bool HasDocker { get; init; }

    /// <summary>Whether the use is over and the environment is being removed. Stays true when that failed, so that it is tried again.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Whether it has all that it must have, and is that of an id: a file may hold anything.</summary>
    public bool IsWhole(string id) => Id == id && !string.IsNullOrEmpty(Environment) && Owner is not null;
}
