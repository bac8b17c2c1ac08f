namespace LocalZure.Cli.Output;

/// <summary>Writes one JSON value at the end: an array, or the one object that was asked for.</summary>
internal sealed class JsonView : IResultView
{
    private readonly TextWriter _output;
    private readonly bool _isOne;
    private readonly List<object?> _values = [];

    /// <summary>Creates one.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="isOne">Whether exactly one thing was asked for: its object is written, and nothing when it failed.</param>
    public JsonView(TextWriter output, bool isOne)
    {
        _output = output;
        _isOne = isOne;
    }

    /// <inheritdoc/>
    public void Write<T>(IReadOnlyCollection<T> values) => _values.AddRange(values.Cast<object?>());

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void End()
    {
        if (!_isOne)
        {
            _output.WriteLine(JsonText.Block(_values));
        }
        else if (_values.Count > 0)
        {
            _output.WriteLine(JsonText.Block(_values[0]));
        }

        _output.Flush();
    }
}
