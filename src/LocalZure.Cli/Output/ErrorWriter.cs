using LocalZure.Cli.CommandLine;
using LocalZure.Engine.Presentation;

namespace LocalZure.Cli.Output;

/// <summary>Writes to standard error what went wrong and what to do about it.</summary>
internal sealed class ErrorWriter
{
    private readonly CommandWords _words;
    private readonly StatusLine _status;

    /// <summary>Creates one.</summary>
    /// <param name="words">The words of the command.</param>
    /// <param name="status">The line that gives way.</param>
    public ErrorWriter(CommandWords words, StatusLine status)
    {
        _words = words;
        _status = status;
    }

    /// <summary>
    /// A failure, for example
    /// <code>
    /// error PortInUse: Port 10000 of blob is taken by nginx (pid 811).
    /// remedy: Stop what holds the port, or choose another with --port.
    /// </code>
    /// </summary>
    public void Write(LocalZureException failure)
    {
        // What a service has written stays as it is.
        var text = ErrorText.Of(failure);
        var message = _words.Translate(ErrorText.Visible(failure.Message)) + text[ErrorText.Visible(failure.Message).Length..];
        Line($"error {failure.Code}: {message}{Environment.NewLine}remedy: {_words.Translate(failure.Remedy)}");
    }

    /// <summary>Something that is different from what was asked for.</summary>
    public void Warn(string message) => Line($"warning: {_words.Translate(ErrorText.Visible(message))}");

    /// <summary>Something for those who look closely.</summary>
    public void Note(string message) => Line(ErrorText.Visible(message));

    private void Line(string text) => _status.Interrupt(() =>
    {
        try
        {
            Console.Error.WriteLine(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full or closed standard error leaves nobody to tell; the exit code still says it.
        }
    });
}
