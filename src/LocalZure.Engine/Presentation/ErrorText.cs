using System.Text;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Presentation;

/// <summary>Writes a failure out for people: what failed, on what evidence.</summary>
public static class ErrorText
{
    /// <summary>
    /// The message, and below it the evidence, for example
    /// <code>
    /// blob ended with exit code 1 while it was starting.
    ///   | Exit due to unhandled error
    ///   | listen EADDRINUSE: address already in use
    /// </code>
    /// </summary>
    /// <param name="failure">The failure.</param>
    public static string Of(LocalZureException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var text = new StringBuilder(Visible(failure.Message));
        foreach (var line in failure.Evidence.Where(line => IsLog(failure.Code) || !IsSaid(line, failure.Message)))
        {
            text.Append('\n').Append("  | ").Append(Visible(line).TrimEnd());
        }

        return text.ToString();
    }

    /// <summary>A failure with a code; what has none is a defect.</summary>
    /// <param name="exception">What failed.</param>
    public static LocalZureException Known(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception as LocalZureException
            ?? new LocalZureException(ErrorCode.InternalError, $"LocalZure failed unexpectedly: {exception.Message}", null, exception);
    }

    // What a service, a build or a hook has written is shown as it is, even a line that is one word of the message.
    private static bool IsLog(ErrorCode code) => code is ErrorCode.ContainerExited or ErrorCode.OutOfMemory or ErrorCode.StartTimeout or ErrorCode.ServiceUnhealthy or ErrorCode.BuildFailed or ErrorCode.InitHookFailed;

    // With one endpoint the message tells all: "The Docker engine at unix:///a.sock (DOCKER_HOST) does not answer: not there."
    // and "unix:///a.sock (DOCKER_HOST): not there".
    private static bool IsSaid(string line, string message) =>
        Words(line).All(Words(message).ToHashSet(StringComparer.Ordinal).Contains);

    /// <summary>A text of a service's without colours, and with what else a terminal would take for a command made visible: titles, bells.</summary>
    /// <param name="text">The text.</param>
    public static string Visible(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return VisibleText.Of(text);
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ':', ',', ';', '\'', '(', ')'));
}
