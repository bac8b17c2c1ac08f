using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LocalZure.Engine.Support;

/// <summary>Reads <c>/proc/&lt;pid&gt;/stat</c> of Linux (proc(5)).</summary>
internal static class ProcStat
{
    // Counted from the state, which is field 3 of the manual page and stands after the last ')'.
    private const int State = 0;
    private const int Parent = 1;
    private const int Session = 3;
    private const int Threads = 17;
    private const int StartTime = 19;

    /// <summary>The row of a running or just ended process; null when there is none that may be looked at.</summary>
    public static ProcessRow? Read(int pid)
    {
        try
        {
            return TryParse(File.ReadAllText($"/proc/{pid}/stat"), out var row) ? row : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is gone (ENOENT), or went while it was read (ESRCH), as there is no such process; or /proc hides it.
            return null;
        }
    }

    /// <summary>Every process that can be seen.</summary>
    public static IReadOnlyList<ProcessRow> ReadAll()
    {
        var rows = new List<ProcessRow>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Read(pid) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>Takes the text of the file apart.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ProcessRow? row)
    {
        // 4711 (a name) with ( ) (x) S 1 4711 4711 0 -1 4194560 … : the name may hold spaces and parentheses.
        row = null;
        var open = text.IndexOf('(');
        var close = text.LastIndexOf(')');
        if (open < 1 || close < open || !int.TryParse(text.AsSpan(0, open), NumberStyles.Integer, CultureInfo.InvariantCulture, out var pid))
        {
            return false;
        }

        var fields = text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= StartTime
            || !int.TryParse(fields[Parent], NumberStyles.Integer, CultureInfo.InvariantCulture, out var parent)
            || !int.TryParse(fields[Session], NumberStyles.Integer, CultureInfo.InvariantCulture, out var session))
        {
            return false;
        }

        row = new ProcessRow(new ProcessIdentity(pid, fields[StartTime]), parent, session, HasEnded(fields)) { IsSuspended = fields[State] == "T" };
        return true;
    }

    // A process whose first thread has ended while others still run is a zombie that still holds ports and files.
    private static bool HasEnded(string[] fields) => fields[State] is "X" or "x" || (fields[State] == "Z" && (fields[Threads] is "0" or "1"));
}
