using System.Text;

namespace LocalZure.PowerShell.Errors;

/// <summary>Writes a failure out for people: what failed, on what evidence.</summary>
internal static class ErrorText
{
    /// <summary>
    /// The message, and below it the evidence, for example
    /// <code>
    /// blob ended with exit code 1 while it was starting.
    ///   | Exit due to unhandled error
    ///   | listen EADDRINUSE: address already in use
    /// </code>
    /// </summary>
    public static string Of(LocalZureException failure)
    {
        var text = new StringBuilder(failure.Message);
        foreach (var line in failure.Evidence)
        {
            text.Append('\n').Append("  | ").Append(line.TrimEnd());
        }

        return text.ToString();
    }
}
