using System.Globalization;

namespace LocalZure.Engine.Support;

/// <summary>Reads <c>/proc/&lt;pid&gt;/environ</c> of Linux (proc(5)): the variables that a process was started with.</summary>
internal static class ProcEnvironment
{
    /// <summary>The variables; null when there is no such process, when it is another user's, or without <c>/proc</c>.</summary>
    public static IReadOnlyDictionary<string, string>? Read(int pid)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes the text of the file apart. Of a variable that is there twice the first counts, as for getenv(3).</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        // HOME=/root\0EMPTY=\0A=1=2\0
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in text.Split('\0'))
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                variables.TryAdd(variable[..equals], variable[(equals + 1)..]);
            }
        }

        return variables;
    }
}
