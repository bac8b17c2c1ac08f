using System.Text.RegularExpressions;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Journal;

/// <summary>Finds failures in the journal, and puts those of one cause together.</summary>
internal sealed partial class JournalReader
{
    // What lies outside of the services, and so is one cause whichever of them it strikes.
    private static readonly HashSet<ErrorCode> Shared =
    [
        ErrorCode.DockerUnavailable, ErrorCode.DockerPermissionDenied, ErrorCode.DockerApiError, ErrorCode.ImagePullFailed, ErrorCode.RegistryRateLimited, ErrorCode.RegistryUnauthorized,
        ErrorCode.PortRangeExhausted, ErrorCode.ConfigInvalid, ErrorCode.ConfigNotFound, ErrorCode.HostToolMissing, ErrorCode.HostToolInstallFailed, ErrorCode.HomeNotWritable, ErrorCode.LockTimeout, ErrorCode.DiskFull,
    ];

    private readonly ErrorJournal _journal;

    /// <summary>Creates one.</summary>
    public JournalReader(ErrorJournal journal) => _journal = journal;

    /// <summary>The failures of a query, the oldest first.</summary>
    /// <exception cref="LocalZureException">NameInvalid for a wildcard pattern that cannot be.</exception>
    public async Task<IReadOnlyList<ErrorEntry>> ReadAsync(ErrorQuery query, IProgress<LifecycleEvent> events, CancellationToken cancellationToken)
    {
        var filter = query.Names.Count == 0 && query.Instance is null ? null : new ServiceFilter(new ServiceQuery { Names = query.Names, Instance = query.Instance });
        var content = await _journal.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (content.Damaged > 0)
        {
            events.Report(new Degraded(null, $"{(content.Damaged == 1 ? "One line" : $"{content.Damaged} lines")} of the journal cannot be read and {(content.Damaged == 1 ? "is" : "are")} left out; Clear-LzError empties it."));
        }

        var found = content.Entries.Where(entry => (filter is null || (entry.Service is not null && filter.Matches(new ServiceKey(entry.Service, entry.Instance))))
            && (query.Severities.Count == 0 || query.Severities.Contains(entry.Severity))
            && (query.Categories.Count == 0 || query.Categories.Contains(entry.Category))
            && (query.Since is null || entry.Time >= query.Since));
        return query.Last is { } last ? found.TakeLast(last).ToList() : found.ToList();
    }

    /// <summary>Failures by their root cause, the cause that struck last at the end.</summary>
    public static IReadOnlyList<ErrorGroup> Group(IEnumerable<ErrorEntry> entries) => entries
        .GroupBy(entry => (Root(entry).ErrorId, Comparable(entry)))
        .Select(Merge)
        .OrderBy(group => group.Last)
        .ToList();

    private static ErrorGroup Merge(IGrouping<(string ErrorId, string Cause), ErrorEntry> group)
    {
        var entries = group.OrderBy(entry => entry.Time).ToList();

        // The one that has no cause of its own knows best what to do.
        var itself = entries.FindLast(entry => entry.ErrorId == group.Key.ErrorId) ?? entries[^1];
        return new ErrorGroup
        {
            ErrorId = group.Key.ErrorId,
            Category = ErrorDescriptions.For(Enum.Parse<ErrorCode>(group.Key.ErrorId)).Category,
            Severity = entries.Max(entry => entry.Severity),
            Count = entries.Count,
            Services = entries.Where(entry => entry.Service is not null).Select(entry => new ServiceKey(entry.Service!, entry.Instance).ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList(),
            First = entries[0].Time,
            Last = entries[^1].Time,
            Message = Root(entries[^1]).Message,
            Remedy = itself.ErrorId == group.Key.ErrorId ? itself.Remedy : ErrorDescriptions.For(Enum.Parse<ErrorCode>(group.Key.ErrorId)).Remedy,
            Entries = entries,
        };
    }

    // The last of the causes that has a code of ours; what is behind it, a socket's error or what Docker refused, says the same in other words.
    private static (string ErrorId, string Message) Root(ErrorEntry entry)
    {
        foreach (var cause in entry.Causes.Reverse())
        {
            var colon = cause.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && Enum.TryParse<ErrorCode>(cause[..colon], out var code) && Enum.IsDefined(code) && (code != ErrorCode.DockerApiError || entry.ErrorId == nameof(ErrorCode.DependencyFailed)))
            {
                return (code.ToString(), cause[(colon + 2)..]);
            }
        }

        return (Enum.TryParse<ErrorCode>(entry.ErrorId, out _) ? entry.ErrorId : nameof(ErrorCode.InternalError), entry.Message);
    }

    // One cause is told with another pid, time and id each time, and where it strikes many services with another name.
    private static string Comparable(ErrorEntry entry)
    {
        var (id, message) = Root(entry);
        message = Varying().Replace(message, "#");
        return !Shared.Contains(Enum.Parse<ErrorCode>(id)) || entry.Service is not { } service ? message
            : message.Replace(new ServiceKey(service, entry.Instance).ContainerName, "*", StringComparison.Ordinal).Replace(new ServiceKey(service, entry.Instance).ToString(), "*", StringComparison.Ordinal);
    }

    // pid 4711   0.25 s   84f9172f9ec5
    [GeneratedRegex(@"(?<=\bpid )[0-9]+|\b[0-9]+(?:\.[0-9]+)?(?= s\b)|\b[0-9a-f]{12,64}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Varying();
}
