namespace LocalZure.Engine.Support;

/// <summary>Which processes belong to a process that was started as the head of a session.</summary>
internal static class ProcessTree
{
    /// <summary>
    /// The head, everything that descends from it, and everything in a session that one of them opened, which takes in
    /// what daemonized itself and has lost its parent.
    /// </summary>
    /// <param name="known">Processes already known to belong.</param>
    /// <param name="rows">The process table.</param>
    public static IReadOnlyList<ProcessIdentity> Members(IEnumerable<ProcessIdentity> known, IReadOnlyList<ProcessRow> rows)
    {
        var members = known.Distinct().ToDictionary(process => process.Pid);
        for (var size = -1; size != members.Count;)
        {
            size = members.Count;
            foreach (var row in rows)
            {
                if (members.ContainsKey(row.ParentPid) || members.ContainsKey(row.SessionId))
                {
                    members.TryAdd(row.Identity.Pid, row.Identity);
                }
            }
        }

        return rows.Where(row => !row.HasEnded && members.TryGetValue(row.Identity.Pid, out var member) && member == row.Identity)
            .Select(row => row.Identity)
            .ToList();
    }
}
