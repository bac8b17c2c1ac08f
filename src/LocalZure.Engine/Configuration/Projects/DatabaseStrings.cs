using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Lifecycle;

namespace LocalZure.Engine.Configuration.Projects;

/// <summary>The connection strings of a service with those of the databases that are made in it. Pure.</summary>
internal static class DatabaseStrings
{
    /// <summary>Connection string templates by variable name; a URL names the first database, since that is the one programs look for there.</summary>
    /// <param name="known">The service's definition.</param>
    /// <param name="settings">What is written of it.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(ServiceDefinition known, ServiceSettings settings)
    {
        if (known.Init?.Sql is not { } sql || settings.Init.Databases is not { Count: > 0 } databases)
        {
            return known.ConnectionStrings;
        }

        var first = known.ConnectionStrings.Select(pair => pair.Key == sql.UrlVariable ? KeyValuePair.Create(pair.Key, UrlOf(sql, databases[0])) : pair);
        var each = databases.Select(name => KeyValuePair.Create($"ConnectionStrings__{name}", sql.ConnectionString.Replace("{database}", Template.Escape(name), StringComparison.Ordinal)));
        var urls = sql.UrlVariable is null ? [] : databases.Select(name => KeyValuePair.Create($"{sql.UrlVariable}_{VariableNames.VariableOf(name)}", UrlOf(sql, name)));
        return first.Concat(each).Concat(urls).DistinctBy(pair => pair.Key, StringComparer.Ordinal).ToList();
    }

    private static string UrlOf(SqlInit sql, string database) => sql.Url!.Replace("{database}", Template.Escape(Uri.EscapeDataString(database)), StringComparison.Ordinal);
}
