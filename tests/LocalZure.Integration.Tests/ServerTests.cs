using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;
using Npgsql;

namespace LocalZure.Integration.Tests;

/// <summary>PostgreSQL, Redis and Mosquitto, used by the clients of .NET programs through what a start returned.</summary>
public sealed class ServerTests
{
    [Theory, InDocker(Server = "postgres"), OnHost(Server = "postgres")]
    public async Task Start_Postgres_IsUsedByItsClientAndKeepsItsDataOverAStop(ServiceMode mode)
    {
        if (await OrdinaryUser.HasRunAsync<ServerTests>(mode))
        {
            return;
        }

        await using var lab = await OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "postgres"));
        await Postgres.AskAsync(service, "create table t(a int); insert into t select generate_series(1, 1000)");

        await lab.StopAsync(service);
        service = await lab.StartAsync(Request(lab, "postgres"));

        Assert.Equal("1000 500500", await Postgres.AskAsync(service, "select count(*) || ' ' || sum(a) from t"));
        await lab.StopAsync(service, removeData: true);
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker(Server = "postgres"), OnHost(Server = "postgres")]
    [Trait("Form", "full")]
    public async Task Start_Postgres_LetsNobodyInWithoutItsPassword(ServiceMode mode)
    {
        if (await OrdinaryUser.HasRunAsync<ServerTests>(mode))
        {
            return;
        }

        await using var lab = await OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "postgres"));
        var password = new NpgsqlConnectionStringBuilder(service.ConnectionString).Password!;
        var wrong = service.ConnectionString!.Replace(password, "wrong", StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<PostgresException>(() => Postgres.AskAsync(wrong, "select 1"));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, error.SqlState);
        Assert.Empty(await HostProcessList.MentioningAsync(password));
    }

    [Theory, InDocker(Server = "postgres"), OnHost(Server = "postgres")]
    [Trait("Form", "full")]
    public async Task Reset_Postgres_IsEmptyAndTakesTheSamePassword(ServiceMode mode)
    {
        if (await OrdinaryUser.HasRunAsync<ServerTests>(mode))
        {
            return;
        }

        await using var lab = await OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "postgres"));
        await Postgres.AskAsync(service, "create table t(a int)");

        var outcome = (await lab.Engine.ResetAsync(new RestartRequest { Services = [service] }, new RecordedEvents(), CancellationToken.None)).Single();

        Assert.Null(outcome.Error);
        Assert.Equal(service.ConnectionString, outcome.Service!.ConnectionString);
        Assert.Equal("0", await Postgres.AskAsync(outcome.Service, "select count(*) from pg_tables where tablename = 't'"));
    }

    [Theory, InDocker(Server = "postgres"), OnHost(Server = "postgres")]
    [Trait("Form", "full")]
    public async Task Start_PostgresWithAPasswordOfTheUsers_TellsIt(ServiceMode mode)
    {
        if (await OrdinaryUser.HasRunAsync<ServerTests>(mode))
        {
            return;
        }

        await using var lab = await OpenAsync(mode);

        await lab.StartAsync(Request(lab, "postgres") with { Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = "chosen-by-hand" } });

        var service = Assert.Single(await lab.NewEngine().GetAsync(new ServiceQuery { Instance = lab.Instance }, new RecordedEvents(), CancellationToken.None));
        Assert.EndsWith(";Password=chosen-by-hand", service.ConnectionString, StringComparison.Ordinal);
        Assert.Equal("1", await Postgres.AskAsync(service, "select 1"));
    }

    [Theory, InDocker(Server = "postgres")]
    [Trait("Form", "full")]
    public async Task Get_PostgresOfAnotherHome_TellsItsPassword(ServiceMode mode)
    {
        await using var lab = await OpenAsync(mode);
        var started = await lab.StartAsync(Request(lab, "postgres"));
        var home = Directory.CreateTempSubdirectory("localzure-lab-");

        try
        {
            var other = lab.NewEngine(new EngineOptions { Home = home.FullName, Environment = new EnvironmentSnapshot(lab.Variables(home.FullName)) });
            var service = Assert.Single(await other.GetAsync(new ServiceQuery { Instance = lab.Instance }, new RecordedEvents(), CancellationToken.None));

            Assert.Equal(started.ConnectionStrings, service.ConnectionStrings);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [RootFact]
    public async Task Start_PostgresOnTheHostAsRoot_SaysWhyNot()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Host);

        var error = await lab.FailToStartAsync(Request(lab, "postgres"));

        Assert.Equal(ErrorCode.HostModeUnsupported, error.Code);
        Assert.Contains("'postgres' refuses to", error.Message, StringComparison.Ordinal);
    }

    [Theory, InDocker(Server = "redis"), OnHost(Server = "redis")]
    public async Task Start_Redis_IsUsedByItsClientAndKeepsItsDataOverAStop(ServiceMode mode)
    {
        await using var lab = await OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "redis"));
        await RedisKeys.WriteAsync(service, "key", "value – ü");

        await lab.StopAsync(service);
        service = await lab.StartAsync(Request(lab, "redis"));

        Assert.Equal("value – ü", await RedisKeys.ReadAsync(service, "key"));
        await lab.StopAsync(service, removeData: true);
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker(Server = "mqtt"), OnHost(Server = "mqtt")]
    public async Task Start_Mqtt_IsUsedByItsClientAndKeepsItsDataOverAStop(ServiceMode mode)
    {
        await using var lab = await OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "mqtt"));
        await Mqtt.PublishRetainedAsync(service, "a/b", "kept – ü");
        Assert.Equal(["a/b=kept – ü"], await Mqtt.RetainedAsync(service));

        await lab.StopAsync(service);
        service = await lab.StartAsync(Request(lab, "mqtt"));

        Assert.Equal(["a/b=kept – ü"], await Mqtt.RetainedAsync(service));
        await lab.StopAsync(service, removeData: true);
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker(Server = "mqtt"), OnHost(Server = "mqtt")]
    [Trait("Form", "full")]
    public async Task Reset_Mqtt_KeepsItsConfigurationAndForgetsItsData(ServiceMode mode)
    {
        await using var lab = await OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "mqtt"));
        await Mqtt.PublishRetainedAsync(service, "a/b", "gone");

        var outcome = (await lab.Engine.ResetAsync(new RestartRequest { Services = [service] }, new RecordedEvents(), CancellationToken.None)).Single();

        Assert.Null(outcome.Error);
        await Mqtt.PublishRetainedAsync(outcome.Service!, "c", "new");
        Assert.Equal(["c=new"], await Mqtt.RetainedAsync(outcome.Service!));
    }

    [Theory, InDocker(Server = "mqtt")]
    public async Task Start_MqttWithAFileOfTheUsers_LeavesThatFileAsItIs(ServiceMode mode)
    {
        await using var lab = await OpenAsync(mode);
        var file = Path.Combine(lab.Home, "own.conf");
        await File.WriteAllTextAsync(file, "listener 1883 0.0.0.0\nallow_anonymous true\n# mine\n");

        var service = await lab.StartAsync(Request(lab, "mqtt") with { Volumes = new Dictionary<string, string> { [file] = "/mosquitto/config/mosquitto.conf" } });

        await Mqtt.PublishRetainedAsync(service, "a", "b");
        Assert.Equal("listener 1883 0.0.0.0\nallow_anonymous true\n# mine\n", await File.ReadAllTextAsync(file));
    }

    // None of them needs the tools that the labs of host mode share.
    private static Task<Lab> OpenAsync(ServiceMode mode) => Lab.OpenAsync(mode, connect: mode == ServiceMode.Docker);

    // The only port of each has a name of its own.
    private static StartRequest Request(Lab lab, string service) => lab.Request(service) with { Ports = new Dictionary<string, PortWish> { [""] = 0 } };
}
