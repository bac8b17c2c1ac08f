namespace LocalZure.Cli.Output;

/// <summary>Writes one JSON object per line, as they come.</summary>
internal sealed class JsonLinesView : IResultView
{
    private readonly TextWriter _output;

    /// <summary>Creates one.</summary>
    /// <param name="output">Where it goes.</param>
    public JsonLinesView(TextWriter output) => _output = output;

    /// <inheritdoc/>
    public void Write<T>(IReadOnlyCollection<T> values)
    {
        foreach (var value in values)
        {
            _output.WriteLine(JsonText.Line<object?>(value));
        }
    }

    /// <inheritdoc/>
    public void Flush() => _output.Flush();

    /// <inheritdoc/>
    public void End() => _output.Flush();
}
