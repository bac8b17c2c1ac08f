using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using LocalZure.Engine.Events;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Seeding;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Init hooks against the real services.</summary>
public sealed class InitTests
{
    private const string CountRuns = "create table if not exists runs(n serial); insert into runs default values;\n";

    [DockerFact]
    public async Task Start_Storage_MakesContainersQueuesAndTablesAndLeavesThemOnTheNextStart()
    {
        await using var lab = await InitLab.OpenAsync();
        var init = new InitContent { Containers = ["photos", "$root"], Queues = ["orders"], Tables = ["People"] };

        var service = await lab.StartAsync("storage", init);
        var blobs = new BlobServiceClient(service.ConnectionString);
        await blobs.GetBlobContainerClient("photos").UploadBlobAsync("a", BinaryData.FromString("kept"));
        var again = await lab.StartAsync("storage", init with { Queues = ["orders", "invoices"] });

        Assert.Equal(service.ContainerId, again.ContainerId);
        Assert.Equal(["$root", "photos"], (await blobs.GetBlobContainersAsync().ToListAsync()).Select(container => container.Name).Order(StringComparer.Ordinal));
        Assert.Equal("kept", (await blobs.GetBlobContainerClient("photos").GetBlobClient("a").DownloadContentAsync()).Value.Content.ToString());
        Assert.Equal(["invoices", "orders"], (await new QueueServiceClient(service.ConnectionString).GetQueuesAsync().ToListAsync()).Select(queue => queue.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["People"], await Tables.NamesAsync(service));
    }

    [Theory, InDocker(Server = "postgres")]
    [Trait("Form", "full")]
    public async Task Start_Postgres_RunsSqlOnceForFreshData(ServiceMode mode)
    {
        await using var lab = await InitLab.OpenAsync();
        var init = new InitContent { Databases = ["shop", "audit-log"], Sql = [await lab.FileAsync("01 schema's.sql", CountRuns), await lab.FileAsync("02.sql", "insert into runs default values;\n")] };

        var service = await lab.StartAsync("postgres", init);
        Assert.Equal((mode, "2"), (service.Mode, await Postgres.AskAsync(service, "shop", "select count(*) from runs")));
        Assert.Equal("audit-log,shop", await Postgres.AskAsync(service, "postgres", "select string_agg(datname, ',' order by datname) from pg_database where datname in ('shop', 'audit-log')"));

        var events = new RecordedEvents();
        await lab.StartAsync("postgres", init, events);
        await lab.Lab.StopAsync(service);
        Assert.Single(await lab.Lab.GetAsync(includeData: true));
        service = await lab.StartAsync("postgres", init, events);
        await lab.StartAsync("postgres", init with { Databases = ["shop", "audit-log", "late"], Sql = [.. init.Sql, init.Sql[1]] }, events);
        Assert.Equal("2", await Postgres.AskAsync(service, "shop", "select count(*) from runs"));
        Assert.Equal("0", await Postgres.AskAsync(service, "late", "select count(*) from pg_tables where tablename = 'runs'"));
        Assert.Equal(["database 'shop'", "database 'audit-log'", "database 'late'"], events.All.OfType<StepProgressed>().Where(step => step.Step == "Initializing").Select(step => step.Status));

        var reset = (await lab.Lab.Engine.ResetAsync(new RestartRequest { Services = [service] }, new RecordedEvents(), CancellationToken.None)).Single();
        Assert.Null(reset.Error);
        service = await lab.StartAsync("postgres", init);
        Assert.Equal("2", await Postgres.AskAsync(service, "shop", "select count(*) from runs"));

        await lab.Lab.StopAsync(service, removeData: true);
        Assert.Empty(await lab.Lab.DataAsync());
        Assert.Empty(await lab.Lab.GetAsync(includeData: true));
        Assert.Empty(await lab.Lab.LeftoversAsync());
    }

    [Theory, InDocker(Server = "postgres")]
    [Trait("Form", "full")]
    public async Task Start_PostgresFourTimesAtOnce_RunsSqlOnce(ServiceMode mode)
    {
        await using var lab = await InitLab.OpenAsync();
        var init = new InitContent { Sql = [await lab.FileAsync("runs.sql", CountRuns)] };

        var services = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => lab.StartAsync("postgres", init)));

        Assert.Single(services.Select(service => service.ContainerId).Distinct());
        Assert.Equal((mode, "1"), (services[0].Mode, await Postgres.AskAsync(services[0], "postgres", "select count(*) from runs")));
    }

    [Theory, InDocker(Server = "postgres")]
    public async Task Start_PostgresWithBadSql_FailsWithWhatPsqlSaysAndLeavesNothing(ServiceMode mode)
    {
        await using var lab = await InitLab.OpenAsync();
        var file = await lab.FileAsync("bad.sql", "select 1;\nselect * from nowhere;\ncreate table never(a int);\n");

        var error = await Assert.ThrowsAsync<LocalZureException>(() => lab.StartAsync("postgres", new InitContent { Sql = [file] }));

        Assert.Equal((ErrorCode.InitHookFailed, 3, lab.Lab.Instance, mode), (error.Code, error.ExitCode, error.Instance, lab.Lab.Mode));
        Assert.Contains("SQL file 'bad.sql': it ended with exit code 3.", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Evidence, line => line.EndsWith("bad.sql:2: ERROR:  relation \"nowhere\" does not exist", StringComparison.Ordinal));
        Assert.Empty(await lab.Lab.DataAsync());
        Assert.Empty(await lab.Lab.LeftoversAsync());
    }

    [Theory, InDocker(Server = "postgres")]
    [Trait("Form", "full")]
    public async Task Start_JoinedPostgresWhoseHookFails_LeavesItRunningAndTellsNoSecret(ServiceMode mode)
    {
        await using var lab = await InitLab.OpenAsync();
        var service = await lab.StartAsync("postgres", new InitContent());
        var password = new Uri(service.ConnectionStrings["DATABASE_URL"]).UserInfo.Split(':')[1];

        var error = await Assert.ThrowsAsync<LocalZureException>(() => lab.StartAsync("postgres", new InitContent { Scripts = [["echo \"$DATABASE_URL\" and no more; exit 3"]], Folder = lab.Lab.Home }));

        Assert.Equal((ErrorCode.InitHookFailed, 3, mode), (error.Code, error.ExitCode, service.Mode));
        Assert.EndsWith("and no more", Assert.Single(error.Evidence), StringComparison.Ordinal);
        Assert.DoesNotContain(password, error.Evidence[0], StringComparison.Ordinal);
        Assert.Equal("1", await Postgres.AskAsync(service, "postgres", "select 1"));
        var marked = Assert.Single((await lab.StartAsync("postgres", new InitContent { Scripts = [["true"]], Folder = lab.Lab.Home })).Volumes);
        Assert.Equal("data", marked.Name);
    }

    [DockerFact]
    public async Task Start_ServiceWithoutData_RunsCommandsAndScriptsOncePerRun()
    {
        await using var lab = await InitLab.OpenAsync();
        var init = new InitContent
        {
            Exec = [["echo one >> /seen; echo \"$HOSTNAME\" > /dev/null"], ["sh", "-c", "echo \"two $0\" >> /seen", "a b"]],
            Scripts = [["echo \"$LOCALZURE_SERVICE $LOCALZURE_INSTANCE $PLAIN $LOCALZURE_ENDPOINT_MAIN\" >> seen.txt"], ["/bin/sh", "seed.sh", "c d"]],
            Folder = lab.Lab.Home,
        };
        await lab.FileAsync("seed.sh", "echo \"script $1\" >> seen.txt\n");

        var service = await lab.StartAsync("plain", init);
        await lab.StartAsync("plain", init);
        Assert.Equal("one\ntwo a b", await lab.ReadAsync(service, "cat", "/seen"));
        var port = service.Ports.Single().HostPort;
        Assert.Equal([$"plain {lab.Lab.Instance} at {port} http://127.0.0.1:{port}/", "script c d"], await File.ReadAllLinesAsync(Path.Combine(lab.Lab.Home, "seen.txt")));
        Assert.Equal([$"localzure-plain-{lab.Lab.Instance}-.seeded"], await lab.Lab.DataAsync());
        Assert.Single(await lab.Lab.GetAsync(includeData: true));

        await lab.Lab.StopAsync(service);
        Assert.Empty(await lab.Lab.DataAsync());
        Assert.Empty(await lab.Lab.LeftoversAsync());

        service = await lab.StartAsync("plain", init);
        Assert.Equal("one\ntwo a b", await lab.ReadAsync(service, "cat", "/seen"));
    }

    [DockerFact]
    public async Task Start_NoWait_SaysThatHooksDidNotRunAndTheNextStartRunsThem()
    {
        await using var lab = await InitLab.OpenAsync();
        var init = new InitContent { Exec = [["echo one >> /seen"]] };
        var events = new RecordedEvents();

        var service = await lab.StartAsync("plain", init, events, noWait: true);
        Assert.Contains("does not run its init hooks", Assert.Single(events.Warnings), StringComparison.Ordinal);
        Assert.NotEqual("one", await lab.ReadAsync(service, "cat", "/seen"));

        await lab.StartAsync("plain", init);
        Assert.Equal("one", await lab.ReadAsync(service, "cat", "/seen"));
    }
}
