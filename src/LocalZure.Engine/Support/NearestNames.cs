namespace LocalZure.Engine.Support;

/// <summary>Finds what a mistyped name was probably meant to be.</summary>
internal static class NearestNames
{
    /// <summary>At most three candidates, nearest first: those within a third of the name's length (at least two) edits that leave a letter of it, or that begin with it.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> candidates)
    {
        var limit = Math.Max(2, name.Length / 3);
        return candidates
            .Select(candidate => (candidate, distance: candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate)))
            .Where(pair => pair.distance <= limit && pair.distance < Math.Max(name.Length, pair.candidate.Length))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(3)
            .Select(pair => pair.candidate)
            .ToList();
    }

    // Levenshtein's distance with two rows, case ignored.
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        foreach (var (left, row) in a.Select((letter, index) => (letter, index + 1)))
        {
            var current = new int[b.Length + 1];
            current[0] = row;
            for (var column = 1; column <= b.Length; column++)
            {
                var change = char.ToLowerInvariant(left) == char.ToLowerInvariant(b[column - 1]) ? 0 : 1;
                current[column] = Math.Min(Math.Min(previous[column] + 1, current[column - 1] + 1), previous[column - 1] + change);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
