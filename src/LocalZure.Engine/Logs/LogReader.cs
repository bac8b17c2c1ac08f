using System.Runtime.CompilerServices;
using LocalZure.Engine.Commands;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.HostProcesses;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Logs;

/// <summary>Reads the output of services: what there is, or what comes.</summary>
internal sealed class LogReader
{
    private readonly ServiceReader _reader;
    private readonly RuntimeProvider _runtimes;
    private readonly HostServices _host;
    private readonly OperationRegistry _operations;
    private readonly FailedLogs _failed;

    /// <summary>Creates one.</summary>
    /// <param name="reader">Finds services.</param>
    /// <param name="runtimes">Give the snapshots of a follow.</param>
    /// <param name="host">Reads host processes.</param>
    /// <param name="operations">The starts in flight.</param>
    /// <param name="failed">The logs of failed starts.</param>
    public LogReader(ServiceReader reader, RuntimeProvider runtimes, HostServices host, OperationRegistry operations, FailedLogs failed)
    {
        _reader = reader;
        _runtimes = runtimes;
        _host = host;
        _operations = operations;
        _failed = failed;
    }

    /// <summary>Reads the lines of a request.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid for what <see cref="LogFilter.Of"/> refuses.</exception>
    public async IAsyncEnumerable<LogEntry> ReadAsync(LogRequest request, IProgress<LifecycleEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = LogFilter.Of(request);
        var (services, observation) = await _reader.FindAsync(request.Services with { IncludeStopped = true }, events, cancellationToken).ConfigureAwait(false);
        var present = services.Select(service => new ServiceKey(service.Name, service.Instance)).ToHashSet();
        var kept = FindKept(request.Services).Where(log => !present.Contains(log.Key)).Select(log => ReadKeptAsync(log, filter, request, cancellationToken)).ToList();
        var goesOn = request.Follow && !(request.Until <= _host.Time.GetUtcNow());
        var logs = goesOn ? kept : [.. kept, .. services.Select(service => ReadOneAsync(service, observation, filter, request, cancellationToken))];
        await foreach (var entry in (logs.Count == 1 ? logs[0] : OrderedLogs.MergeAsync(logs, cancellationToken)).ConfigureAwait(false))
        {
            yield return entry;
        }

        if (goesOn)
        {
            await foreach (var entry in Follow(request, filter, events).ReadAsync(observation, cancellationToken).ConfigureAwait(false))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The services of a query of which nothing is there but the log of a start that failed.</summary>
    public IReadOnlyList<string> FindFailed(ServiceQuery query) => FindKept(query).Select(log => log.Key.Name).Distinct(StringComparer.Ordinal).ToList();

    private IEnumerable<FailedLog> FindKept(ServiceQuery query)
    {
        var filter = new ServiceFilter(query);
        return _failed.ReadAll().Where(log => filter.Matches(log.Key));
    }

    private LogFollow Follow(LogRequest request, LogFilter filter, IProgress<LifecycleEvent> events)
    {
        var services = new ServiceFilter(request.Services);
        var query = new ContainerLogQuery(Follow: true, request.Tail, request.Since, request.Until);
        return new LogFollow(_runtimes, _host, _operations, new FollowPlan(key => services.Matches(key), _ => query, filter) { Until = request.Until }, events);
    }

    private async IAsyncEnumerable<LogEntry> ReadOneAsync(Service service, Observation observation, LogFilter filter, LogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new ContainerLogQuery(Follow: false, request.Tail, request.Since, request.Until);
        var key = new ServiceKey(service.Name, service.Instance);
        var lines = service.ContainerId is { } id && observation.Runtime is { } runtime
            ? runtime.ReadLogAsync(id, query, cancellationToken)
            : ReadProcessAsync(service, observation, query, cancellationToken);
        await foreach (var line in lines.ConfigureAwait(false))
        {
            if (filter.Takes(line))
            {
                yield return LogEntries.Of(line, key, service.ContainerName);
            }
        }
    }

    private IAsyncEnumerable<ContainerLogLine> ReadProcessAsync(Service service, Observation observation, ContainerLogQuery query, CancellationToken cancellationToken)
    {
        var entry = observation.State.HostProcesses.First(process => process.Entry.ContainerName == service.ContainerName).Entry;
        return _host.ReadLogAsync(entry, query, cancellationToken);
    }

    private static async IAsyncEnumerable<LogEntry> ReadKeptAsync(FailedLog log, LogFilter filter, LogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = await FailedLogs.ReadAsync(log, cancellationToken).ConfigureAwait(false);
        foreach (var line in lines.TakeLast(request.Tail ?? int.MaxValue).Where(filter.Takes))
        {
            yield return LogEntries.Of(line, log.Key, log.Key.ContainerName);
        }
    }
}
