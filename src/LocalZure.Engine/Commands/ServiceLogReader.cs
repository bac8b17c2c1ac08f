using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Events;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.OnHost;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Commands;

/// <summary>Reads the output of services: of one as it is, of many merged.</summary>
internal sealed class ServiceLogReader
{
    private const int FollowBuffer = 256;

    private readonly ServiceReader _reader;
    private readonly HostServices _host;

    /// <summary>Creates one.</summary>
    public ServiceLogReader(ServiceReader reader, HostServices host)
    {
        _reader = reader;
        _host = host;
    }

    /// <summary>Reads the lines of a request.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid for a negative tail.</exception>
    public async IAsyncEnumerable<LogEntry> ReadAsync(LogRequest request, IProgress<LifecycleEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.Tail < 0)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, "The number of last lines must not be negative.");
        }

        var (services, observation) = await _reader.FindAsync(request.Services with { IncludeStopped = true }, events, cancellationToken).ConfigureAwait(false);
        var logs = services.Select(service => ReadOneAsync(service, observation, request, cancellationToken)).ToList();
        var merged = logs.Count == 1 ? logs[0] : request.Follow ? AsTheyComeAsync(logs, cancellationToken) : InOrderAsync(logs, cancellationToken);
        await foreach (var entry in merged.ConfigureAwait(false))
        {
            yield return entry;
        }
    }

    private async IAsyncEnumerable<LogEntry> ReadOneAsync(Service service, Observation observation, LogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new ContainerLogQuery(request.Follow, request.Tail, request.Since);
        var lines = service.ContainerId is { } id && observation.Runtime is { } runtime
            ? runtime.ReadLogAsync(id, query, cancellationToken)
            : ReadProcessAsync(service, observation, query, cancellationToken);
        await foreach (var line in lines.ConfigureAwait(false))
        {
            yield return new LogEntry(line.Timestamp, service.Name, service.Instance, service.ContainerName, line.IsError ? "stderr" : "stdout", line.Text);
        }
    }

    private IAsyncEnumerable<ContainerLogLine> ReadProcessAsync(Service service, Observation observation, ContainerLogQuery query, CancellationToken cancellationToken)
    {
        var entry = observation.State.HostProcesses.First(process => process.Entry.ContainerName == service.ContainerName).Entry;
        return _host.ReadLogAsync(entry, query, cancellationToken);
    }

    private static async IAsyncEnumerable<LogEntry> InOrderAsync(IReadOnlyList<IAsyncEnumerable<LogEntry>> logs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var readers = logs.Select(log => log.GetAsyncEnumerator(cancellationToken)).ToList();
        try
        {
            var next = new PriorityQueue<IAsyncEnumerator<LogEntry>, (DateTimeOffset, int)>();
            for (var i = 0; i < readers.Count; i++)
            {
                await EnqueueNextAsync(next, readers[i], i).ConfigureAwait(false);
            }

            while (next.TryDequeue(out var reader, out var order))
            {
                yield return reader.Current;
                await EnqueueNextAsync(next, reader, order.Item2).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var reader in readers)
            {
                await reader.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task EnqueueNextAsync(PriorityQueue<IAsyncEnumerator<LogEntry>, (DateTimeOffset, int)> next, IAsyncEnumerator<LogEntry> reader, int index)
    {
        if (await reader.MoveNextAsync().ConfigureAwait(false))
        {
            next.Enqueue(reader, (reader.Current.Timestamp, index));
        }
    }

    private static async IAsyncEnumerable<LogEntry> AsTheyComeAsync(IReadOnlyList<IAsyncEnumerable<LogEntry>> logs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = Channel.CreateBounded<LogEntry>(FollowBuffer);
        var pumps = logs.Select(log => PumpAsync(log, lines.Writer, ended.Token)).ToList();
        var all = Task.WhenAll(pumps).ContinueWith(done => lines.Writer.TryComplete(done.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var entry in lines.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return entry;
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await all.ConfigureAwait(false);
        }
    }

    private static async Task PumpAsync(IAsyncEnumerable<LogEntry> log, ChannelWriter<LogEntry> lines, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var entry in log.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await lines.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (LocalZureException e)
        {
            // At once: the other logs may go on for days.
            lines.TryComplete(e);
        }
        catch (ChannelClosedException)
        {
            // Another log has failed, which ends them all.
        }
    }
}
