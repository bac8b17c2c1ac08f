using System.Diagnostics.CodeAnalysis;

namespace LocalZure;

/// <summary>One line that a service wrote.</summary>
/// <param name="Timestamp">When the daemon, or the log writer of a host process, took the line; for host processes whose output nobody stamps, the best that is known.</param>
/// <param name="Service">The service's name.</param>
/// <param name="Instance">The instance; null for the unnamed one.</param>
/// <param name="ContainerName">The container's name.</param>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Message">The line without its line end.</param>
[SuppressMessage(
    "Design", "CA1036:Override methods on comparable types", Justification = "Lines are sorted, nobody asks which is less.")]
public sealed record LogEntry(
    DateTimeOffset Timestamp,
    string Service,
    string? Instance,
    string ContainerName,
    string Stream,
    string Message) : IComparable
{
    /// <summary>Whether the line was longer than 1 MiB and goes on in the next entry of the same stream.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Lines are sorted by their time.</summary>
    int IComparable.CompareTo(object? obj) => obj is LogEntry other ? Timestamp.CompareTo(other.Timestamp) : 1;

    /// <summary>The line as it was written.</summary>
    public override string ToString() => Message;
}
