using LocalZure.Engine.Containers;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Logs;

/// <summary>Decides which of the lines that were read are wanted.</summary>
internal sealed class LogFilter
{
    /// <summary>Takes all.</summary>
    public static readonly LogFilter All = new(null, null, null, null);

    private readonly DateTimeOffset? _since;
    private readonly DateTimeOffset? _until;
    private readonly bool? _isError;
    private readonly LinePattern? _pattern;

    private LogFilter(DateTimeOffset? since, DateTimeOffset? until, LogStream? stream, LinePattern? pattern)
    {
        _since = since;
        _until = until;
        _isError = stream is null ? null : stream == LogStream.Stderr;
        _pattern = pattern;
    }

    /// <summary>The filter of a request.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid for a negative tail, an end before the beginning, and a pattern that is none.</exception>
    public static LogFilter Of(LogRequest request)
    {
        if (request.Tail < 0)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, "The number of last lines must not be negative.");
        }

        return request.Until < request.Since
            ? throw new LocalZureException(ErrorCode.ParameterInvalid, $"No line can be from after {request.Since:u} and from before {request.Until:u}.")
            : new LogFilter(request.Since, request.Until, request.Stream, request.Pattern is { } pattern ? new LinePattern(pattern) : null);
    }

    /// <summary>Whether a line is wanted.</summary>
    public bool Takes(ContainerLogLine line) =>
        (_isError is null || _isError == line.IsError)
        && !(line.Timestamp < _since)
        && !(line.Timestamp > _until)
        && (_pattern is null || _pattern.Matches(line.Text));
}
