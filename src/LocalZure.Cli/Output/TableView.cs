using LocalZure.Engine.Presentation;

namespace LocalZure.Cli.Output;

/// <summary>Writes a table. Rows that come later are aligned with those before as far as that is known.</summary>
internal sealed class TableView : IResultView
{
    private readonly TextWriter _output;
    private readonly Paint _paint;
    private readonly List<string[]> _rows = [];
    private string[] _headers = [];
    private int[] _widths = [];
    private bool[] _tones = [];
    private bool _isBegun;

    /// <summary>Creates one.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="paint">The colours.</param>
    public TableView(TextWriter output, Paint paint)
    {
        _output = output;
        _paint = paint;
    }

    /// <inheritdoc/>
    public void Write<T>(IReadOnlyCollection<T> values)
    {
        var columns = Columns.Of<T>();
        if (_headers.Length == 0)
        {
            _headers = columns.Select(column => column.Header).ToArray();
            _widths = columns.Select(column => Math.Max(column.Width, column.Header.Length)).ToArray();
            _tones = columns.Select(column => column.HasTone).ToArray();
        }

        foreach (var value in values)
        {
            var row = columns.Select(column => Display.Visible(column.Text(value))).ToArray();
            _widths = _widths.Zip(row, (width, text) => Math.Max(width, text.Length)).ToArray();
            _rows.Add(row);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (_rows.Count > 0 && !_isBegun)
        {
            _isBegun = true;
            WriteRow(_headers, hasTones: false);
        }

        _rows.ForEach(row => WriteRow(row, hasTones: true));
        _rows.Clear();
        _output.Flush();
    }

    /// <inheritdoc/>
    public void End() => Flush();

    private void WriteRow(string[] row, bool hasTones)
    {
        var cells = row.Select((text, column) =>
            (hasTones && _tones[column] ? _paint.Tone(text) : text) + (column == row.Length - 1 ? "" : new string(' ', _widths[column] - text.Length)));
        _output.WriteLine(string.Join("  ", cells).TrimEnd());
    }
}
