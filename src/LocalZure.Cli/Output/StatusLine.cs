using LocalZure.Engine.Presentation;

namespace LocalZure.Cli.Output;

/// <summary>One line of the terminal that shows where the work is and goes when it is done. Also the lock for whatever else is written to the terminal.</summary>
internal sealed class StatusLine
{
    private readonly TextWriter? _terminal;
    private readonly Func<int> _width;
    private readonly object _lock = new();
    private string _shown = "";

    /// <summary>Creates one.</summary>
    /// <param name="terminal">The terminal; null where there is none.</param>
    /// <param name="width">Its width in columns.</param>
    public StatusLine(TextWriter? terminal, Func<int> width)
    {
        _terminal = terminal;
        _width = width;
    }

    /// <summary>One that is never seen.</summary>
    public static StatusLine None => new(null, () => 0);

    /// <summary>That of standard error, which is never seen when it is no terminal.</summary>
    public static StatusLine OfErrors() => Console.IsErrorRedirected || !Terminal.HasControl ? None : new(Console.Error, () => Console.WindowWidth);

    /// <summary>Shows an update.</summary>
    public void Show(ProgressUpdate update)
    {
        var percent = update.Percent is { } part ? FormattableString.Invariant($" ({part} %)") : "";
        Replace(update.Completed ? "" : $"{update.Subject}  {update.Status}{percent}");
    }

    /// <summary>Writes something else where the line was.</summary>
    public void Interrupt(Action write)
    {
        lock (_lock)
        {
            Replace("");
            write();
        }
    }

    private void Replace(string text)
    {
        lock (_lock)
        {
            if (_terminal is null || (text.Length == 0 && _shown.Length == 0))
            {
                return;
            }

            // A line that wraps could not be taken back.
            var room = Math.Max(_width() - 1, 20);
            _shown = text.Length > room ? text[..room] : text;
            _terminal.Write($"\r\u001b[K{_shown}");
        }
    }
}
