using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Logs;

/// <summary>Tells which lines of a log that is read again from a moment on were read before.</summary>
internal sealed class ReadBefore
{
    private readonly ContainerLogLine? _first;
    private readonly DateTimeOffset _newest;
    private long _left;
    private bool? _isCounted;
    private bool _isOver;

    /// <summary>Creates one.</summary>
    /// <param name="first">The first line from that moment on; null when it is not known.</param>
    /// <param name="count">How many lines were read from it on.</param>
    /// <param name="newest">The time of the newest of them.</param>
    public ReadBefore(ContainerLogLine? first, long count, DateTimeOffset newest)
    {
        _first = first;
        _left = count;
        _newest = newest;
    }

    /// <summary>Whether the next line was read before. To be asked for each, in order.</summary>
    public bool Contains(ContainerLogLine line)
    {
        if (_isOver)
        {
            return false;
        }

        // The first line may have been rotated away meanwhile: then counting would leave out new ones, and only times are left.
        _isCounted ??= line == _first;
        _isOver = _isCounted.Value ? --_left < 0 : line.Timestamp > _newest;
        return !_isOver;
    }
}
