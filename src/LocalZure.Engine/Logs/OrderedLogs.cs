using System.Runtime.CompilerServices;

namespace LocalZure.Engine.Logs;

/// <summary>Merges logs that end.</summary>
internal static class OrderedLogs
{
    /// <summary>The lines of all logs in the order of time; those of one stay in their own order.</summary>
    public static async IAsyncEnumerable<LogEntry> MergeAsync(IReadOnlyList<IAsyncEnumerable<LogEntry>> logs, [EnumeratorCancellation] CancellationToken cancellationToken)
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
}
