namespace LocalZure.Engine.Journal;

/// <summary>A stream whose failure is written down.</summary>
internal sealed class RecordedStream<T> : IAsyncEnumerable<T>
{
    private readonly FailureRecorder _recorder;
    private readonly string _operation;
    private readonly IAsyncEnumerable<T> _stream;
    private readonly CancellationToken _callEnds;

    /// <summary>Creates one.</summary>
    /// <param name="recorder">Writes it down.</param>
    /// <param name="operation">What the stream is of.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="callEnds">What the caller ends it with.</param>
    public RecordedStream(FailureRecorder recorder, string operation, IAsyncEnumerable<T> stream, CancellationToken callEnds)
    {
        _recorder = recorder;
        _operation = operation;
        _stream = stream;
        _callEnds = callEnds;
    }

    /// <inheritdoc/>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(this, _stream.GetAsyncEnumerator(cancellationToken), cancellationToken);

    private bool IsEnded(CancellationToken enumerationEnds) => _callEnds.IsCancellationRequested || enumerationEnds.IsCancellationRequested;

    private sealed class Enumerator(RecordedStream<T> stream, IAsyncEnumerator<T> source, CancellationToken enumerationEnds) : IAsyncEnumerator<T>
    {
        public T Current => source.Current;

        public ValueTask DisposeAsync() => source.DisposeAsync();

        public ValueTask<bool> MoveNextAsync()
        {
            var next = source.MoveNextAsync();
            return next.IsCompletedSuccessfully ? next : new ValueTask<bool>(AwaitAsync(next));
        }

        private async Task<bool> AwaitAsync(ValueTask<bool> next)
        {
            try
            {
                return await next.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                var told = stream._recorder.Explain(e);
                await stream._recorder.RecordAsync(stream._operation, told, new CancellationToken(stream.IsEnded(enumerationEnds))).ConfigureAwait(false);
                if (told != e)
                {
                    throw told;
                }

                throw;
            }
        }
    }
}
