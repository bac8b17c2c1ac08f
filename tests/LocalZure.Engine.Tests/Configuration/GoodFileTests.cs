using LocalZure.Engine.Configuration.Settings;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Configuration;

public sealed class GoodFileTests
{
    [Fact]
    public void Load_FlowStyleOfTheFirstExample_IsRead()
    {
        var loaded = ConfigurationText.Load("""{version: "0.1.0", docker_enabled: true, services: {blob: {enabled: true, port: 10000}, queue: {enabled: true, port: 10001}}}""");

        Assert.Empty(loaded.Errors);
        Assert.Equal(("0.1.0", true), (loaded.Settings.Version, loaded.Settings.DockerEnabled));
        Assert.Equal(
            [("blob", true, new PortWish(10000, 10000)), ("queue", true, new PortWish(10001, 10001))],
            loaded.Settings.Services.Select(pair => (pair.Key, pair.Value.Enabled!.Value, pair.Value.Port!.Value)));
    }

    [Theory]
    [InlineData("services: [blob, queue]")]
    [InlineData("services:\n- blob\n- queue\n")]
    [InlineData("services:\n  blob:\n  queue: true\n")]
    [InlineData("services: { blob: {}, queue: yes }")]
    [InlineData("\uFEFFservices: { blob: ~, queue: On }")]
    [InlineData("x-common: &c\n  memory: 1g\nservices:\n  blob:\n    <<: *c\n  queue: *c\n")]
    public void Load_ShortForms_AllMeanTheSameServices(string text)
    {
        var loaded = ConfigurationText.Load(text);

        Assert.Empty(loaded.Errors);
        Assert.Equal(["blob", "queue"], loaded.Settings.Services.Keys.Order());
        Assert.All(loaded.Settings.Services.Values, service => Assert.True(service.Enabled ?? true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("---\n...\n")]
    [InlineData("services:\n")]
    [InlineData("services: {}\ndefaults:\n")]
    public void Load_NothingInIt_IsNoError(string text)
    {
        var loaded = ConfigurationText.Load(text);

        Assert.Empty(loaded.Errors);
        Assert.Empty(loaded.Settings.Services);
    }

    [Theory]
    [InlineData("a: { image: a, ports: { x: { container: 53, host: 5300 }, y: { container: 53, host: 5300, protocol: udp } } }")]
    [InlineData("a: { host: { command: [b] }, ports: { http: 3000-4000 } }")]
    [InlineData("a: { host: { command: [b] }, port: auto }")]
    [InlineData("a: { image: a, port: auto, ports: { http: { container: 80 } } }")]
    [InlineData("a: { image: a, enabled: false, depends_on: b }\n  b: { image: b, enabled: false }")]
    [InlineData("a: { mode: host, port: 3000, host: { command: [b], environment: { R: \"${redis.host}\" } } }\n  redis: { mode: host }")]
    [InlineData("a: { image: a, environment: { R: \"${ redis.host }\", S: \"${sql.connectionString.ConnectionStrings__shop}\" } }\n  sql: { init: { databases: [shop] } }")]
    [InlineData("a: { image: a, volumes: { one: /data, two: /data/two } }")]
    public void Load_WhatMightLookWrong_IsNoError(string services) => Assert.Empty(ConfigurationText.Load($"services:\n  {services}\n").Errors);

    [Fact]
    public void Load_AllOfTheContract_IsRead()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("web"));
        File.WriteAllText(folder.File("servicebus.json"), "{}");
        var loaded = ConfigurationText.Load($$"""
            version: "0.1.0"
            project: shop
            docker_enabled: yes
            defaults:
              profile: dev
              bind: localhost
              timeouts: { connect: 30s, pull: 10m, build: 1h30m, start: 60, stop: 500ms }
              resources: { memory: 512m, cpus: 1.0, pids: 512 }
              security: { no_new_privileges: on, read_only: No, cap_drop: [] }
              image_cleanup: on-error
            services:
              blob: { enabled: true, port: 10000 }
              queue: { enabled: off, port: auto, instance: instance-1 }
              bus:
                accept_eula: true
                depends_on: [sql]
                config: {{folder.File("servicebus.json")}}
                ports: { amqp: 5672, http: auto }
                init: { queues: [orders, invoices], topics: { events: [audit], other: [all] }, exec: [[a, b], c] }
              preview:
                image: ghcr.io/acme/preview:1.4
                ports: { http: { container: 3000, host: 3000-4000 } }
                volumes: { "{{folder.File("web")}}": /app, cache: /var/cache }
                environment: { NODE_ENV: development, PORT: 3000, DATABASE_URL: "${sql.connectionString}", PRICE: "$${not.one}", SHELL_VAR: "${HOME}" }
                command: [npm, run, dev]
                working_dir: /app
                network: bridge
                memory: 1.5g
                ttl: 2h
                lifetime: session
                ready: [ { log: "ready in" }, { http: { path: /, port: http, status: [204, 300-399] }, passes: 2, timeout: 3s } ]
                host: { command: [npm, run, dev], ready: [ { tcp: http } ] }
            """);

        Assert.Empty(loaded.Errors);
        var settings = loaded.Settings;
        Assert.Equal(("shop", true, Profile.Dev, "127.0.0.1", ImageCleanup.OnError), (settings.Project, settings.DockerEnabled, settings.Defaults.Profile, settings.Defaults.Bind, settings.Defaults.ImageCleanup));
        Assert.Equal(new TimeoutSettings { Connect = Seconds(30), Pull = Seconds(600), Build = Seconds(5400), Start = Seconds(60), Stop = Seconds(0.5) }, settings.Defaults.Timeouts);
        Assert.Equal(new ResourceSettings { MemoryBytes = 512L << 20, Cpus = 1, Pids = 512 }, settings.Defaults.Resources);
        var bus = settings.Services["bus"];
        Assert.Equal(["orders", "invoices"], bus.Init.Queues);
        Assert.Equal(["events=audit", "other=all"], bus.Init.Topics.Select(topic => $"{topic.Key}={string.Join(",", topic.Value)}"));
        Assert.Equal(["a b", "c"], bus.Init.Exec.Select(command => string.Join(" ", command)));
        var preview = settings.Services["preview"];
        Assert.Equal(new PortSettings { Container = 3000, Host = new PortWish(3000, 4000) }, preview.Ports["http"]);
        Assert.Equal(("3000", "${sql.connectionString}"), (preview.Environment["PORT"], preview.Environment["DATABASE_URL"]));
        Assert.Equal((1536L << 20, TimeSpan.FromHours(2), ServiceLifetime.Session), (preview.Resources.MemoryBytes, preview.TimeToLive, preview.Lifetime));
        var http = Assert.IsType<HttpProbeDefinition>(preview.Ready![1]);
        Assert.Equal(("http", "/", 2, Seconds(3), "204,300-399"), (http.Port, http.Path, http.Passes, http.Timeout, string.Join(",", http.ExpectedStatus)));
        Assert.Equal(new TcpProbeDefinition("http"), Assert.Single(preview.Host!.Ready!));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
