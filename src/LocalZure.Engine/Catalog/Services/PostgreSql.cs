using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>PostgreSQL. Sources: the official image's page for variables and folders, PostgreSQL's manual for the rest.</summary>
internal static class PostgreSql
{
    /// <summary>The name of the host tool.</summary>
    public const string Tool = "postgres";

    private const string ConnectionString = "Host={address};Port={port.postgres};Database={database};Username=postgres;Password={secret.password}";

    private const string Url = "postgresql://postgres:{secret.password}@{address}:{port.postgres}/{database}";

    private static readonly string OwnDatabase = ConnectionString.Replace("{database}", "postgres", StringComparison.Ordinal);

    /// <summary>The definition.</summary>
    public static readonly ServiceDefinition Definition = new()
    {
        Name = "postgres",
        Description = "Azure Database for PostgreSQL stand-in: PostgreSQL",
        Image = ImageTags.PostgreSql,
        AlpineImage = ImageTags.PostgreSqlAlpine,
        Secrets = [new SecretDefinition("password", "POSTGRES_PASSWORD")],
        Ports = [new PortDefinition("postgres", 5432, 5432, "PostgreSQL's own protocol")],

        // From version 18 on; the data is in a folder of the version below it.
        Volumes = [new VolumeDefinition("data", "/var/lib/postgresql")],

        // By its host: the server that only runs the first-time scripts listens on a socket alone.
        Probes = [new ExecProbeDefinition(["pg_isready", "--host", "127.0.0.1", "--timeout", "2"])],
        StartTimeout = TimeSpan.FromSeconds(90),

        // The fast shutdown; SIGTERM waits until every client has gone by itself.
        StopSignal = "SIGINT",
        Endpoints = new Dictionary<string, string> { ["postgres"] = "tcp://{address}:{port.postgres}" },
        ConnectionStrings =
        [
            new("AZURE_POSTGRESQL_CONNECTIONSTRING", OwnDatabase),
            new("ConnectionStrings__postgres", OwnDatabase),
            new("DATABASE_URL", Url.Replace("{database}", "postgres", StringComparison.Ordinal)),
        ],
        Init = new InitDefinition
        {
            Sql = new SqlInit
            {
                Program = ["psql"],
                HostProgram = "psql",
                Login = ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--host={address}", "--port={port.postgres}", "--username=postgres"],
                Environment = new Dictionary<string, string> { ["PGPASSWORD"] = "{secret.password}" },
                Database = ["--dbname={database}"],
                File = ["--file={file}"],
                ConnectionString = ConnectionString,
                UrlVariable = "DATABASE_URL",
                Url = Url,
                CreateDatabase = """SELECT 'CREATE DATABASE "{database}"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \gexec""",
                LongestName = 63,
            },
        },
        Host = new HostDefinition
        {
            Tool = Tool,
            AllowsRoot = false,
            Preparation = new HostPreparation
            {
                Volume = "data",
                Program = "initdb",
                Arguments = ["--pgdata", "{volume.data}", "--username", "postgres", "--pwfile", "{file.secret}", "--auth", "scram-sha-256", "--encoding", "UTF8"],
                Secret = "{secret.password}\n",
            },

            // No socket: its usual folder belongs to the system's own server.
            Arguments = ["-D", "{volume.data}", "-h", "{address}", "-p", "{port.postgres}", "-c", "unix_socket_directories="],
            Probes = [new LogProbeDefinition("database system is ready to accept connections"), new TcpProbeDefinition("postgres")],
        },
    };
}
