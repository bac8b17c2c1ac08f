using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using LocalZure.Engine;
using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Services that a localzure.yml describes.</summary>
public sealed class ProjectTests
{
    private const string Text = """
        project: shop
        defaults: { ports: auto }
        services:
          redis:
          web:
            image: localzure-test/busybox:1
            command: [sh, -c, 'mkdir /www; echo "cache at $CACHE, {address} $$" > /www/index.html; trap "exit 0" TERM; httpd -f -p 3000 -h /www & wait']
            environment: { CACHE: "${redis.connectionString}" }
            ports: { http: { container: 3000 } }
            ready: [ { http: / } ]
            host:
              command: [node, -e, 'require("http").createServer((q, s) => s.end("cache at " + process.env.CACHE)).listen(process.env.PORT, "127.0.0.1")']
        """;

    [Theory, InDocker(Server = "redis"), OnHost(Server = "redis")]
    [Trait("Form", "full")]
    public async Task Start_OwnServiceThatRefersToAnother_SeesItAndIsKnownToOtherSessions(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var outcomes = await StartAsync(lab, Text);

        Assert.Equal(["redis", "web"], outcomes.Select(outcome => $"{outcome.Name}{outcome.Error?.Message}"));
        var redis = outcomes[0].Service!;
        using var client = new HttpClient();
        var page = await client.GetStringAsync(outcomes[1].Service!.ConnectionString);
        Assert.StartsWith($"cache at {(mode == ServiceMode.Docker ? "redis:6379" : redis.ConnectionString)}", page, StringComparison.Ordinal);

        // Another session, which stands in another folder.
        var seen = (await lab.NewEngine().GetAsync(new ServiceQuery { Names = ["web"], Instance = lab.Instance }, new RecordedEvents(), default)).Single();
        Assert.Equal(("shop", outcomes[1].Service!.ConnectionString, "redis"), (seen.Project, seen.ConnectionString, Assert.Single(seen.DependsOn)));
        var health = Assert.Single(await lab.NewEngine().CheckHealthAsync(new ServiceQuery { Names = ["web"], Instance = lab.Instance }, new RecordedEvents(), default));
        Assert.Equal(ServiceHealthStatus.Healthy, health.Status);

        foreach (var service in (await lab.Engine.GetAsync(new ServiceQuery { Instance = lab.Instance }, new RecordedEvents(), default)).Reverse())
        {
            await lab.StopAsync(service, removeData: true);
        }

        Assert.Empty(await lab.LeftoversAsync());
    }

    [Theory, InDocker(Server = "redis"), OnHost(Server = "redis")]
    [Trait("Form", "full")]
    public async Task Start_Again_IsTheSameAndWithoutTheFileToo(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var first = await StartAsync(lab, Text);

        var again = await StartAsync(lab, Text);
        var plain = (await lab.Engine.StartAsync(new StartRequest { Names = ["redis"], Instance = lab.Instance }, new RecordedEvents(), default)).Single();

        Assert.Equal(first.Select(IdOf), again.Select(IdOf));
        Assert.Equal(IdOf(first[0]), IdOf(plain));
    }

    [Theory, InDocker(Server = "redis"), OnHost(Server = "redis")]
    [Trait("Form", "full")]
    public async Task Restart_OwnService_ComesBackAtItsPort(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var web = (await StartAsync(lab, Text))[1].Service!;

        var outcome = Assert.Single(await lab.Engine.RestartAsync(new RestartRequest { Services = [web] }, new RecordedEvents(), default));

        Assert.Null(outcome.Error);
        using var client = new HttpClient();
        Assert.StartsWith("cache at ", await client.GetStringAsync(web.ConnectionString), StringComparison.Ordinal);
    }

    [Theory, OnHost(Server = "redis")]
    public async Task Start_AgainAfterWhatItRefersToHasMoved_IsToldTheNewAddress(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var before = await StartAsync(lab, Text);
        await lab.StopAsync(before[0].Service!, removeData: true);
        using var holder = new TcpListener(IPAddress.Loopback, before[0].Service!.Ports[0].HostPort);
        holder.Start();
        var moved = (await lab.Engine.StartAsync(new StartRequest { Names = ["redis"], Instance = lab.Instance, Ports = new Dictionary<string, PortWish> { [""] = PortWish.Any } }, new RecordedEvents(), default)).Single().Service!;
        Assert.NotEqual(before[0].Service!.ConnectionString, moved.ConnectionString);

        var after = await StartAsync(lab, Text);

        Assert.Equal(IdOf(after[0]), moved.ProcessId?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var client = new HttpClient();
        Assert.StartsWith($"cache at {moved.ConnectionString}", await client.GetStringAsync(after[1].Service!.ConnectionString), StringComparison.Ordinal);
        Assert.Equal(before[1].Service!.ConnectionString, after[1].Service!.ConnectionString);
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Reset_OwnServiceOfAProject_RunsItsHooksOnTheFreshData(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var web = Assert.Single(await StartAsync(lab, Text.Replace("  redis:\n", "", StringComparison.Ordinal).Replace("${redis.connectionString}", "none", StringComparison.Ordinal) + "\n    init: { scripts: ['echo seeded >> seeded.txt'] }\n")).Service!;
        var folder = Path.Combine(lab.Home, "project");
        var seeded = Path.Combine(folder, "seeded.txt");
        Assert.Single(await File.ReadAllLinesAsync(seeded));

        var request = new RestartRequest { Services = [web], Configuration = new ConfigurationRequest { Folder = folder } };
        Assert.Null(Assert.Single(await lab.Engine.ResetAsync(request, new RecordedEvents(), default)).Error);

        Assert.Equal(2, (await File.ReadAllLinesAsync(seeded)).Length);
    }

    // What has no port is watched for half a second, of which a busy machine may take most to start it.
    [Theory, InDocker, OnHost]
    public async Task Start_OwnServiceWithoutAPortThatEndsSoon_FailsWithItsExitCode(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        const string text = """
            services:
              job:
                image: localzure-test/busybox:1
                command: [exit, "3", --after, "50"]
                host: { command: [sh, -c, "sleep 0.05; exit 3"] }
            """;

        var job = Assert.Single(await StartAsync(lab, text));

        Assert.Null(job.Service);
        Assert.Equal((ErrorCode.ContainerExited, 3), (job.Error!.Code, job.Error.ExitCode));
        await Eventually.IsEmptyAsync(lab.LeftoversAsync);
    }

    [DockerFact]
    public async Task Start_DataInMemory_LeavesNoVolume()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);

        var outcome = Assert.Single(await StartAsync(lab, "defaults: { ports: auto, data: memory }\nservices: [blob]"));

        Assert.Null(outcome.Error);
        Assert.Empty(await lab.DataAsync());
        await Blobs.WriteAsync(outcome.Service!, 5);
    }

    [DockerFact]
    public async Task Start_LimitsAndSecurity_AreThoseOfTheContainer()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        const string text = """
            services:
              job:
                image: localzure-test/busybox:1
                command: [sleep, "1000"]
                memory: 32m
                cpus: 0.5
                pids: 50
                restart: on-failure
                working_dir: /tmp
                security: { read_only: true, cap_drop: [NET_RAW] }
            """;

        var job = Assert.Single(await StartAsync(lab, text));

        Assert.Null(job.Error);
        var settings = await Command.DockerAsync("inspect", "--format", "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}} {{.HostConfig.RestartPolicy.Name}} {{.Config.WorkingDir}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}", lab.NameOf("job"));
        Assert.Equal("33554432 500000000 50 on-failure /tmp true [NET_RAW] [no-new-privileges]", settings.Trim());
    }

    // As process 1 `sleep` knows no signal: without the engine's init it has to be killed, and ends with 137.
    [DockerFact]
    public async Task Stop_ProgramThatKnowsNoSignals_EndsByTheSignalUnderTheInitProcess()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        const string text = """
            services:
              job: { image: "localzure-test/busybox:1", command: [sleep, "1000"] }
              bare: { image: "localzure-test/busybox:1", command: [sleep, "1000"], init_process: false, timeouts: { stop: 100ms } }
            """;

        foreach (var outcome in await StartAsync(lab, text))
        {
            Assert.Null(outcome.Error);
            var stop = new StopRequest { Services = [outcome.Service!], Keep = true };
            Assert.Null(Assert.Single(await lab.Engine.StopAsync(stop, new RecordedEvents(), default)).Error);
        }

        Assert.Equal("true 143", await SettingsAsync("job"));
        Assert.Equal("<nil> 137", await SettingsAsync("bare"));

        async Task<string> SettingsAsync(string name) =>
            (await Command.DockerAsync("inspect", "--format", "{{.HostConfig.Init}} {{.State.ExitCode}}", lab.NameOf(name))).Trim();
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_BuiltAtEveryStart_IsMadeAnewForOtherContentAndRemovedWithItsImage()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var folder = Directory.CreateDirectory(Path.Combine(lab.Home, "project")).FullName;
        var name = $"it{Guid.NewGuid().ToString("N")[..10]}";
        var text = $"defaults: {{ image_cleanup: always }}\nservices: {{ {name}: {{ build: {{ context: ., cache: none }}, command: [sh, -c, 'trap \"exit 0\" TERM; sleep 1000 & wait'] }} }}\n";
        var dockerfile = Path.Combine(folder, "Dockerfile");
        await File.WriteAllTextAsync(Path.Combine(folder, ".dockerignore"), "localzure.yml\n");

        await File.WriteAllTextAsync(dockerfile, $"FROM {Requirements.BusyboxImage}\nENV A=b\n");
        var first = Assert.Single(await StartAsync(lab, text));
        var same = Assert.Single(await StartAsync(lab, text));
        await File.WriteAllTextAsync(dockerfile, $"FROM {Requirements.BusyboxImage}\nENV A=c\n");
        var other = Assert.Single(await StartAsync(lab, text));

        Assert.Equal((null, null, null), (first.Error, same.Error, other.Error));
        Assert.Equal(IdOf(first), IdOf(same));
        Assert.NotEqual(IdOf(first), IdOf(other));
        Assert.NotEmpty(await ImageAsync());
        await lab.StopAsync(other.Service!, removeData: true);
        Assert.Empty(await ImageAsync());

        // Those of the builds before have lost their names or are another build's.
        foreach (var image in (await Command.DockerAsync("images", "-q", "--filter", $"label=localzure.service={name}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            await Command.DockerAsync("rmi", "-f", image);
        }

        Task<string> ImageAsync() => Command.DockerAsync("images", "-q", other.Service!.Image!);
    }

    private static string? IdOf(ServiceOutcome outcome) => outcome.Service?.ContainerId ?? outcome.Service?.ProcessId?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<ServiceOutcome>> StartAsync(Lab lab, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(lab.Home, "project")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "localzure.yml"), text);
        var request = new StartRequest { Names = [], Instance = lab.Instance, Configuration = new ConfigurationRequest { Folder = folder } };
        return await lab.Engine.StartAsync(request, new RecordedEvents(), CancellationToken.None);
    }
}
