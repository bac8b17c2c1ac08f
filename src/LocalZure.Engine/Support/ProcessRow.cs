namespace LocalZure.Engine.Support;

/// <summary>One line of the operating system's process table.</summary>
/// <param name="Identity">Which process it is.</param>
/// <param name="ParentPid">Its parent at the moment of reading.</param>
/// <param name="SessionId">The session it belongs to, which is the pid of the process that opened it; 0 when not known.</param>
/// <param name="HasEnded">Whether it has ended and only waits to be collected by its parent.</param>
internal sealed record ProcessRow(ProcessIdentity Identity, int ParentPid, int SessionId, bool HasEnded)
{
    /// <summary>Whether it is suspended by a signal.</summary>
    public bool IsSuspended { get; init; }
}
