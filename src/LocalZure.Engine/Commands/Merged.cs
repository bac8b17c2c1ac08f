using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LocalZure.Engine.Commands;

/// <summary>Puts streams together.</summary>
internal static class Merged
{
    private const int Buffer = 256;

    /// <summary>What streams give, as it comes. A slow reader slows them all down; one that fails ends the others.</summary>
    public static async IAsyncEnumerable<T> AsTheyComeAsync<T>(IReadOnlyList<IAsyncEnumerable<T>> sources, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<T>(Buffer);
        var copies = sources.Select(source => CopyAsync(source, channel.Writer, ended.Token)).ToList();
        var all = CompleteAsync(copies, channel.Writer, ended);
        try
        {
            await foreach (var value in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return value;
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await all.ConfigureAwait(false);
        }
    }

    private static async Task CopyAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<T> writer, CancellationToken cancellationToken)
    {
        await foreach (var value in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await writer.WriteAsync(value, cancellationToken).ConfigureAwait(false);
        }
    }

    // Failures reach the reader through the channel, and are not thrown a second time here.
    private static async Task CompleteAsync<T>(List<Task> copies, ChannelWriter<T> writer, CancellationTokenSource ended)
    {
        Exception? failure = null;
        while (copies.Count > 0)
        {
            var copy = await Task.WhenAny(copies).ConfigureAwait(false);
            copies.Remove(copy);
            if (copy.IsFaulted && failure is null)
            {
                failure = copy.Exception.InnerException;
                await ended.CancelAsync().ConfigureAwait(false);
            }
        }

        writer.TryComplete(failure);
    }
}
