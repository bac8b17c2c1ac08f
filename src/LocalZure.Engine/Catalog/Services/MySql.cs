using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>MySQL. Source: the official image's page.</summary>
internal static class MySql
{
    /// <summary>
    /// A login and a query over TCP: the server that only runs the first-time scripts listens on a socket alone, and <c>mysqladmin ping</c>
    /// is content with a refused login. The password comes from the container's own environment.
    /// </summary>
    private const string Query = "MYSQL_PWD=\"$MYSQL_ROOT_PASSWORD\" exec mysql --host=127.0.0.1 --port=3306 --user=root --connect-timeout=2 --silent --execute='SELECT 1;'";

    private const string ConnectionString = "Server={address};Port={port.mysql};User ID=root;Password={secret.password}";

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "mysql",
        Description = "Azure Database for MySQL stand-in: MySQL 8.4",
        Image = ImageTags.MySql,
        Secrets = [new SecretDefinition("password", "MYSQL_ROOT_PASSWORD")],
        Ports = [new PortDefinition("mysql", 3306, 3306, "MySQL's own protocol")],
        Volumes = [new VolumeDefinition("data", "/var/lib/mysql")],
        Probes = [new ExecProbeDefinition(["/bin/sh", "-c", Query])],
        StartTimeout = TimeSpan.FromMinutes(2),
        StopGrace = TimeSpan.FromSeconds(30),
        Endpoints = new Dictionary<string, string> { ["mysql"] = "tcp://{address}:{port.mysql}" },
        ConnectionStrings =
        [
            new("AZURE_MYSQL_CONNECTIONSTRING", ConnectionString),
            new("ConnectionStrings__mysql", ConnectionString),
        ],
        Init = new InitDefinition
        {
            Sql = new SqlInit
            {
                // Read as its input it ends at the first error, with exit code 1.
                Program = ["/bin/sh", "-c", "exec mysql \"$@\" < \"$0\""],
                TakesFileFirst = true,
                Login = ["--host={address}", "--port={port.mysql}", "--user=root", "--default-character-set=utf8mb4"],
                Environment = new Dictionary<string, string> { ["MYSQL_PWD"] = "{secret.password}" },
                Database = ["--database={database}"],
                ConnectionString = $"{ConnectionString};Database={{database}}",
                CreateDatabase = "CREATE DATABASE IF NOT EXISTS `{database}`;",
                LongestName = 64,
            },
        },
    };
}
