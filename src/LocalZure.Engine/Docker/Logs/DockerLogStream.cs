using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker.Logs;

/// <summary>Reads lines from the body of a log as they come. Memory stays flat however long the log is.</summary>
internal sealed class DockerLogStream : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly Stream _body;
    private readonly LogDecoder _decoder;
    private readonly string _action;
    private readonly List<ContainerLogLine> _lines = [];
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _kept;
    private bool _ended;

    /// <summary>Creates one.</summary>
    /// <param name="body">The body; owned by this.</param>
    /// <param name="decoder">Makes lines of bytes.</param>
    /// <param name="action">What is done, for messages: to be read after "could not".</param>
    public DockerLogStream(Stream body, LogDecoder decoder, string action)
    {
        _body = body;
        _decoder = decoder;
        _action = action;
    }

    /// <summary>The next lines, valid until the next call; empty at the end of the log.</summary>
    /// <exception cref="ContainerRuntimeException">Transient: the log was cut off.</exception>
    public async ValueTask<IReadOnlyList<ContainerLogLine>> ReadAsync(CancellationToken cancellationToken)
    {
        _lines.Clear();
        while (_lines.Count == 0 && !_ended)
        {
            var count = await FillAsync(cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                Finish();
            }
            else
            {
                Decode(_kept + count);
            }
        }

        return _lines;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _body.DisposeAsync();

    private async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _body.ReadAsync(_buffer.AsMemory(_kept), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Broken("the connection broke", problem);
        }
    }

    private void Decode(int length)
    {
        try
        {
            var taken = _decoder.Decode(_buffer.AsSpan(0, length), _lines);
            _kept = length - taken;
            _buffer.AsSpan(taken, _kept).CopyTo(_buffer);
        }
        catch (InvalidDataException problem)
        {
            throw Broken(problem.Message, problem);
        }
    }

    private void Finish()
    {
        _ended = true;
        if (_kept > 0 || _decoder.InsideFrame)
        {
            throw Broken("it ended inside a frame", null);
        }

        _decoder.Finish(_lines);
    }

    private ContainerRuntimeException Broken(string why, Exception? cause) =>
        new(RuntimeFailure.Transient, $"Docker could not {_action}: {why}.", null, cause);
}
