using LocalZure.Engine.Presentation;

namespace LocalZure.Cli.Output;

/// <summary>Writes results line by line: log lines with their time and source and nothing that a terminal would take for a command but colours, everything else as it is.</summary>
internal sealed class TextView : IResultView
{
    private readonly TextWriter _output;
    private readonly Paint _paint;

    /// <summary>Creates one.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="paint">The colours.</param>
    public TextView(TextWriter output, Paint paint)
    {
        _output = output;
        _paint = paint;
    }

    /// <inheritdoc/>
    public void Write<T>(IReadOnlyCollection<T> values)
    {
        foreach (var value in values)
        {
            _output.WriteLine(value is LogEntry entry ? LineOf(entry) : value?.ToString());
        }
    }

    /// <inheritdoc/>
    public void Flush() => _output.Flush();

    /// <inheritdoc/>
    public void End() => _output.Flush();

    // "12:30:05.120 blob | Azurite Blob service is starting"
    private string LineOf(LogEntry entry)
    {
        var head = $"{Display.Clock(entry.Timestamp)} {Display.Source(entry)} |";
        return $"{(entry.Stream == "stderr" ? _paint.Yellow(head) : _paint.Grey(head))} {Display.Line(entry)}";
    }
}
