using LocalZure.Engine.Catalog;

namespace LocalZure.Engine.Seeding;

/// <summary>Puts the command line of an SQL client together. Pure.</summary>
internal static class SqlCommand
{
    /// <summary>The program and its arguments.</summary>
    /// <param name="client">The client.</param>
    /// <param name="program">The program with its first arguments.</param>
    /// <param name="template">Fills the texts of the login.</param>
    /// <param name="file">The path of the file, as the client sees it.</param>
    /// <param name="database">The database; null for the client's own.</param>
    public static IReadOnlyList<string> Of(SqlInit client, IReadOnlyList<string> program, Template template, string file, string? database) =>
    [
        .. program,
        .. client.TakesFileFirst ? [file] : Array.Empty<string>(),
        .. client.Login.Select(template.Fill),
        .. database is null ? [] : client.Database.Select(text => text.Replace("{database}", database, StringComparison.Ordinal)),
        .. client.File.Select(text => text.Replace("{file}", file, StringComparison.Ordinal)),
    ];

    /// <summary>The environment variables of the client.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(SqlInit client, Template template) =>
        client.Environment.ToDictionary(pair => pair.Key, pair => template.Fill(pair.Value), StringComparer.Ordinal);
}
