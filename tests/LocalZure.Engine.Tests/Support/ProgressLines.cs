namespace LocalZure.Engine.Tests.Support;

/// <summary>Keeps what is reported, in order.</summary>
internal sealed class ProgressLines : IProgress<string>
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public Action<string> OnLine { get; init; } = _ => { };

    public void Report(string value)
    {
        lock (_lines)
        {
            _lines.Add(value);
        }

        OnLine(value);
    }
}
