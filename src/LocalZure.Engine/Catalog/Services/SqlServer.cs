using LocalZure.Engine.Health;

namespace LocalZure.Engine.Catalog.Services;

/// <summary>Microsoft SQL Server, in two versions. Sources: Microsoft's pages on the Linux container for variables, password rules and memory.</summary>
internal static class SqlServer
{
    /// <summary>
    /// A login and a query. The tools' folder has another name before 2022 CU14; the password comes from the container's own
    /// environment, and sqlcmd reads it from its own. <c>-C</c> trusts the certificate, <c>-b</c> makes errors an exit code and <c>-l 2</c>
    /// ends a login that hangs.
    /// </summary>
    private const string Query = "for tool in /opt/mssql-tools*/bin/sqlcmd; do :; done; SQLCMDPASSWORD=\"$MSSQL_SA_PASSWORD\" exec \"$tool\" -S localhost -U sa -C -b -l 2 -Q 'SELECT 1'";

    private static readonly LicenseDefinition License = new(
        "the end-user license agreement of SQL Server (Developer edition)", "https://go.microsoft.com/fwlink/?LinkId=746388", "ACCEPT_EULA", "Y");

    // Before the definitions, which are made of it. -I: quoted identifiers, as every other client has them.
    private static readonly SqlInit Client = new()
    {
        Program = ["/bin/sh", "-c", "for tool in /opt/mssql-tools*/bin/sqlcmd; do :; done; exec \"$tool\" \"$@\"", "sqlcmd"],
        Login = ["-S", "localhost", "-U", "sa", "-C", "-b", "-I", "-l", "30"],
        Environment = new Dictionary<string, string> { ["SQLCMDPASSWORD"] = "{secret.password}" },
        Database = ["-d", "{database}"],
        File = ["-i", "{file}"],
        ConnectionString = "",
        CreateDatabase = "IF DB_ID(N'{database}') IS NULL CREATE DATABASE [{database}];",
        LongestName = 128,
    };

    /// <summary>SQL Server 2022, on which the emulator of Service Bus runs too.</summary>
    public static readonly ServiceDefinition Sql2022 = Of("sql", "SQL Server 2022", ImageTags.SqlServer2022, 1433);

    /// <summary>SQL Server 2025.</summary>
    public static readonly ServiceDefinition Sql2025 = Of("sql2025", "SQL Server 2025", ImageTags.SqlServer2025, 1434);

    private static ServiceDefinition Of(string name, string product, string image, int port)
    {
        var connectionString = $"Server={{address}},{{port.{name}}};User ID=sa;Password={{secret.password}};TrustServerCertificate=true";
        return new ServiceDefinition
        {
            Name = name,
            Description = $"Azure SQL stand-in: {product}",
            Image = image,
            Platforms = ["linux/amd64"],
            License = License,
            Secrets = [new SecretDefinition("password", "MSSQL_SA_PASSWORD")],
            MinimumMemoryBytes = 2_000_000_000,
            Environment = new Dictionary<string, string> { ["MSSQL_PID"] = "Developer" },
            Ports = [new PortDefinition(name, 1433, port, "SQL Server's own protocol (TDS)")],
            Volumes = [new VolumeDefinition("data", "/var/opt/mssql")],

            // While it upgrades its own databases it lets the first ones in and then closes for a moment.
            Probes = [new ExecProbeDefinition(["/bin/sh", "-c", Query]) { Passes = 2 }],
            StartTimeout = TimeSpan.FromMinutes(3),
            StopGrace = TimeSpan.FromSeconds(30),
            Endpoints = new Dictionary<string, string> { [name] = $"tcp://{{address}}:{{port.{name}}}" },
            ConnectionStrings =
            [
                new("AZURE_SQL_CONNECTIONSTRING", connectionString),
                new($"ConnectionStrings__{name}", connectionString),
            ],
            Init = new InitDefinition { Sql = Client with { ConnectionString = $"{connectionString};Database={{database}}" } },
        };
    }
}
