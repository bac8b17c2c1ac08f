using System.Globalization;
using Npgsql;

namespace LocalZure.Integration.Tests.Support;

/// <summary>Asks a PostgreSQL through the connection string that a service came with.</summary>
internal static class Postgres
{
    /// <summary>The first value of the first row; empty when there is none.</summary>
    public static Task<string> AskAsync(Service service, string sql) => AskAsync(service.ConnectionString!, sql);

    /// <summary>The first value of the first row of another database; empty when there is none.</summary>
    public static Task<string> AskAsync(Service service, string database, string sql) =>
        AskAsync(new NpgsqlConnectionStringBuilder(service.ConnectionString) { Database = database }.ConnectionString, sql);

    /// <summary>The first value of the first row; empty when there is none.</summary>
    public static async Task<string> AskAsync(string connectionString, string sql)
    {
        // Without a pool: the next server behind the same connection string is another one.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) ?? "";
    }
}
