using System.Diagnostics;
using System.Globalization;

namespace LocalZure.Engine.Support;

/// <summary>The process table of a Unix without <c>/proc</c>, read from <c>ps</c>.</summary>
internal static class PsTable
{
    /// <summary>Every process that can be seen.</summary>
    public static IReadOnlyList<ProcessRow> ReadAll() => Read("-A");

    /// <summary>The row of a process; null when there is none.</summary>
    public static ProcessRow? Read(int pid) => Read("-p", pid.ToString(CultureInfo.InvariantCulture)).FirstOrDefault();

    private static List<ProcessRow> Read(params string[] which)
    {
        var rows = new List<ProcessRow>();
        var start = new ProcessStartInfo("/bin/ps") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[.. which, "-o", "pid=,ppid=,stat="])
        {
            start.ArgumentList.Add(argument);
        }

        using var ps = Process.Start(start)!;
        while (ps.StandardOutput.ReadLine() is { } line)
        {
            if (Parse(line) is { } row)
            {
                rows.Add(row);
            }
        }

        ps.WaitForExit();
        return rows;
    }

    private static ProcessRow? Parse(string line)
    {
        //   4711     1 Ss
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 3
            || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            || ProcessTable.Identify(pid) is not { } identity)
        {
            return null;
        }

        return new ProcessRow(identity, parent, Math.Max(0, Libc.GetSession(pid)), fields[2].StartsWith('Z')) { IsSuspended = fields[2].StartsWith('T') };
    }
}
