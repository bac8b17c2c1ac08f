namespace LocalZure.Engine.Requests.Parsing;

/// <summary>Tells which services were asked for by their exact name and not found. A wildcard that finds nothing is no error.</summary>
public static class MissingServices
{
    /// <summary>The names and why there is nothing.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="found">The names of the services that were found.</param>
    /// <param name="unseen">Why the engine that the user names could not be looked at, which is why nobody knows what runs there; null when it could.</param>
    public static IEnumerable<(string Name, LocalZureException Error)> Of(ServiceQuery query, IEnumerable<string> found, LocalZureException? unseen)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Instance is not null && Instances.IsPattern(query.Instance))
        {
            return [];
        }

        var names = found.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return query.Names
            .Where(name => !Instances.IsPattern(name) && !names.Contains(name))
            .Select(name => (name, Why(LocalZureEngine.ExplainMissing(name, query.Instance), unseen)));
    }

    private static LocalZureException Why(LocalZureException missing, LocalZureException? unseen) =>
        missing.Code == ErrorCode.ServiceNotRunning && unseen is not null ? unseen : missing;
}
