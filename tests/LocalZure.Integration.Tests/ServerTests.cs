using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>PostgreSQL, Redis and Mosquitto, used by their own clients through what a start returned.</summary>
public sealed class ServerTests
{
    [Theory, InDocker(Server = "postgres"), OnHost(Server = "postgres")]
    [Trait("Runs", "unprivileged")]
    public async Task Start_Postgres_IsUsedByPsqlAndKeepsItsDataOverAStop(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "postgres"));
        await PsqlAsync(service, "create table t(a int); insert into t select generate_series(1, 1000)");

        await lab.StopAsync(service);
        service = await lab.StartAsync(Request(lab, "postgres"));

        Assert.Equal("1000|500500", await PsqlAsync(service, "select count(*), sum(a) from t"));
        await lab.StopAsync(service, removeData: true);
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker(Server = "postgres"), OnHost(Server = "postgres")]
    [Trait("Runs", "unprivileged")]
    public async Task Start_Postgres_LetsNobodyInWithoutItsPassword(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "postgres"));
        var url = service.ConnectionStrings["DATABASE_URL"];
        var password = new Uri(url).UserInfo.Split(':')[1];

        var wrong = await Assert.ThrowsAnyAsync<Exception>(() => PsqlAsync(url.Replace(password, "wrong", StringComparison.Ordinal), "select 1"));

        Assert.Contains("password authentication failed", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(await HostProcessList.MentioningAsync(password));
    }

    [Theory, InDocker(Server = "postgres"), OnHost(Server = "postgres")]
    [Trait("Runs", "unprivileged")]
    public async Task Reset_Postgres_IsEmptyAndTakesTheSamePassword(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "postgres"));
        await PsqlAsync(service, "create table t(a int)");

        var outcome = (await lab.Engine.ResetAsync(new RestartRequest { Services = [service] }, new RecordedEvents(), CancellationToken.None)).Single();

        Assert.Null(outcome.Error);
        Assert.Equal(service.ConnectionString, outcome.Service!.ConnectionString);
        Assert.Equal("0", await PsqlAsync(outcome.Service, "select count(*) from pg_tables where tablename = 't'"));
    }

    [Theory, InDocker(Server = "postgres"), OnHost(Server = "postgres")]
    [Trait("Runs", "unprivileged")]
    public async Task Start_PostgresWithAPasswordOfTheUsers_TellsIt(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);

        await lab.StartAsync(Request(lab, "postgres") with { Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = "chosen-by-hand" } });

        var service = Assert.Single(await lab.NewEngine().GetAsync(new ServiceQuery { Instance = lab.Instance }, new RecordedEvents(), CancellationToken.None));
        Assert.EndsWith(";Password=chosen-by-hand", service.ConnectionString, StringComparison.Ordinal);
        Assert.Equal("1", await PsqlAsync(service, "select 1"));
    }

    [Theory, InDocker(Server = "postgres")]
    public async Task Get_PostgresOfAnotherHome_TellsItsPassword(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
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
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "redis"));
        Assert.Equal("OK", await RedisAsync(service, "set", "key", "value – ü"));

        await lab.StopAsync(service);
        service = await lab.StartAsync(Request(lab, "redis"));

        Assert.Equal("value – ü", await RedisAsync(service, "get", "key"));
        await lab.StopAsync(service, removeData: true);
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker(Server = "mqtt"), OnHost(Server = "mqtt")]
    public async Task Start_Mqtt_IsUsedByItsClientsAndKeepsItsDataOverAStop(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "mqtt"));
        await MqttAsync(service, "mosquitto_pub", "-r", "-q", "1", "-t", "a/b", "-m", "kept – ü");
        Assert.Equal("kept – ü", await MqttAsync(service, "mosquitto_sub", "-C", "1", "-W", "20", "-t", "a/#"));

        await lab.StopAsync(service);
        service = await lab.StartAsync(Request(lab, "mqtt"));

        Assert.Equal("kept – ü", await MqttAsync(service, "mosquitto_sub", "-C", "1", "-W", "20", "-t", "a/#"));
        await lab.StopAsync(service, removeData: true);
        Assert.Empty(await lab.DataAsync());
        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker(Server = "mqtt"), OnHost(Server = "mqtt")]
    public async Task Reset_Mqtt_KeepsItsConfigurationAndForgetsItsData(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var service = await lab.StartAsync(Request(lab, "mqtt"));
        await MqttAsync(service, "mosquitto_pub", "-r", "-t", "a/b", "-m", "gone");

        var outcome = (await lab.Engine.ResetAsync(new RestartRequest { Services = [service] }, new RecordedEvents(), CancellationToken.None)).Single();

        Assert.Null(outcome.Error);
        await MqttAsync(outcome.Service!, "mosquitto_pub", "-r", "-t", "c", "-m", "new");
        Assert.Equal("new", await MqttAsync(outcome.Service!, "mosquitto_sub", "-C", "1", "-W", "20", "-t", "#"));
    }

    [Theory, InDocker(Server = "mqtt")]
    public async Task Start_MqttWithAFileOfTheUsers_LeavesThatFileAsItIs(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var file = Path.Combine(lab.Home, "own.conf");
        await File.WriteAllTextAsync(file, "listener 1883 0.0.0.0\nallow_anonymous true\n# mine\n");

        var service = await lab.StartAsync(Request(lab, "mqtt") with { Volumes = new Dictionary<string, string> { [file] = "/mosquitto/config/mosquitto.conf" } });

        await MqttAsync(service, "mosquitto_pub", "-t", "a", "-m", "b");
        Assert.Equal("listener 1883 0.0.0.0\nallow_anonymous true\n# mine\n", await File.ReadAllTextAsync(file));
    }

    // The only port of each has a name of its own.
    private static StartRequest Request(Lab lab, string service) => new() { Names = [service], Instance = lab.Instance, Ports = new Dictionary<string, PortWish> { [""] = 0 } };

    private static Task<string> PsqlAsync(Service service, string sql) => PsqlAsync(service.ConnectionStrings["DATABASE_URL"], sql);

    private static Task<string> PsqlAsync(string url, string sql) => Command.RunAsync("psql", [url, "-v", "ON_ERROR_STOP=1", "-Atc", sql]);

    private static Task<string> RedisAsync(Service service, params string[] words) => Command.RunAsync("redis-cli", ["--raw", "-u", service.ConnectionStrings["REDIS_URL"], .. words]);

    private static Task<string> MqttAsync(Service service, string program, params string[] words) =>
        Command.RunAsync(program, ["-h", service.Ports[0].HostAddress, "-p", $"{service.Ports[0].HostPort}", .. words]);
}
