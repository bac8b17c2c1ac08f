using LocalZure.Engine.Catalog;
using LocalZure.Engine.Configuration.Projects;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;

namespace LocalZure.Engine.Tests.Configuration.Projects;

public sealed class ProjectReaderTests
{
    [Fact]
    public void Build_NoNames_AreAllThatIsEnabledWithWhatTheyNeed()
    {
        var services = Build("""
            services:
              bus:
              api: { image: acme/api, ports: { http: { container: 80 } }, environment: { CACHE: "${redis.connectionString}" } }
            """);

        Assert.Equal(
            [("sql", false), ("bus", true), ("redis", false), ("api", true)],
            services.Select(service => (service.Key.Name, service.IsRequested)));
        Assert.All(services.Where(service => service.Key.Name is "bus" or "api"), service => Assert.Equal("project", service.Project));
        Assert.Equal(["redis"], services[^1].Definition.DependsOn);
    }

    [Fact]
    public void Build_ServiceOfTheProjectsOwn_HasAllThatIsWritten()
    {
        var service = Assert.Single(Build("""
            services:
              web:
                image: acme/web:1
                command: [run, "${web.port.http}", "{address}"]
                working_dir: /app
                ports: { http: { container: 3000, host: 3000-4000 }, sync: { container: 3001, host: 9001, protocol: udp } }
                environment: { A: "$${not.one} ${B} {port.http}" }
                volumes: { cache: /cache }
                ready: [ { http: { path: /up, port: http } }, { log: ready } ]
                memory: 64m
                cpus: 0.5
                pids: 20
                restart: on-failure
                network: bridge
                security: { read_only: true, cap_drop: [ALL], no_new_privileges: false }
                timeouts: { start: 5s, stop: 2s }
                bind: 0.0.0.0
                lifetime: session
                ttl: 1h
            """));

        Assert.Equal(("acme/web:1", true), (service.Image, service.Definition.IsOwn));
        Assert.Equal(["run", "{port.http}", "{open}address}"], service.Definition.Command);
        Assert.Equal("${not.one} ${B} {open}port.http}", service.Environment["A"]);
        Assert.Equal(
            [new DesiredPort("http", 3000, "0.0.0.0", 0, false, "tcp", new Engine.Ports.PortRange(3000, 4000)), new DesiredPort("sync", 3001, "0.0.0.0", 9001, true, "udp")],
            service.Ports);
        Assert.Equal([new DesiredMount("cache", null, "/cache")], service.Mounts);
        var http = Assert.IsType<HttpProbeDefinition>(service.Definition.Probes[0]);
        Assert.Equal(("http", "/up", new LogProbeDefinition("ready")), (http.Port, http.Path, service.Definition.Probes[1]));
        Assert.Equal((64L << 20, 0.5, 20L), (service.MemoryBytes, service.Cpus, service.Container.Pids));
        Assert.Equal(("/app", RestartRule.OnFailure, true, false), (service.Container.WorkingDirectory, service.Container.Restart, service.Container.IsReadOnly, service.Container.NoNewPrivileges));
        Assert.Equal(["ALL"], service.Container.DroppedCapabilities);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)), (service.StartTimeout, service.Definition.StopGrace));
        Assert.Equal((ServiceLifetime.Session, TimeSpan.FromHours(1)), (service.Lifetime, service.TimeToLive));
        Assert.Equal(["http://{address}:{port.http}"], service.Definition.ConnectionStrings.Where(pair => pair.Key == "WEB_URL").Select(pair => pair.Value));
    }

    [Fact]
    public void Build_InitProcess_IsForOwnServicesUnlessTheySayOtherwise()
    {
        var services = Build("""
            services:
              redis:
              blob: { init_process: true }
              job: { image: "acme/job:1" }
              bare: { image: "acme/job:1", init_process: false }
            """);

        Assert.Equal(
            [("bare", false), ("blob", true), ("job", true), ("redis", false)],
            services.Select(service => (service.Key.Name, service.Container.HasInitProcess)).Order());
    }

    [Fact]
    public void Build_ProfileTest_TakesFreePortsMemoryAlpineAndTheSession()
    {
        var service = Assert.Single(Build("services: { alpine: { port: 1433 } }", request: new ConfigurationRequest { Folder = "/project", Profile = "Test" }));

        Assert.Equal(("registry.example/tool:1.2-alpine", 0, ServiceLifetime.Session), (service.Image, service.Ports[0].HostPort, service.Lifetime));
        Assert.All(service.Mounts, mount => Assert.True(mount.IsInMemory));
        Assert.Equal(1L << 30, service.MemoryBytes);
    }

    [Fact]
    public void Build_ProfileOfTheFile_StaysBelowWhatItsServicesSay()
    {
        var service = Assert.Single(Build("{ defaults: { profile: test }, services: { alpine: { port: 1433, data: volume, lifetime: persistent, memory: 3g } } }"));

        Assert.Equal((1433, ServiceLifetime.Persistent, 3L << 30), (service.Ports[0].HostPort, service.Lifetime, service.MemoryBytes));
        Assert.All(service.Mounts, mount => Assert.False(mount.IsInMemory));
    }

    [Fact]
    public void Build_NothingIsSaidOfALifetime_LeavesItOpen() => Assert.Null(Assert.Single(Build("services: [blob]")).Lifetime);

    [Fact]
    public void Build_ParametersOfTheCall_GoBeforeTheFile()
    {
        var request = new StartRequest
        {
            Names = ["web"],
            Instance = "i1",
            Mode = ServiceMode.Host,
            Ports = new Dictionary<string, PortWish> { ["http"] = 9000 },
            Environment = new Dictionary<string, string> { ["A"] = "{address}", ["B"] = "2" },
            Image = "acme/web:2",
        };

        var service = Assert.Single(Build("services: { web: { image: 'acme/web:1', instance: i0, mode: docker, ports: { http: { container: 80, host: 8000 } }, environment: { A: '1', C: '3' } } }", start: request));

        Assert.Equal((new ServiceKey("web", "i1"), ServiceMode.Host, 9000, "acme/web:2"), (service.Key, service.Mode, service.Ports[0].HostPort, service.Image));
        Assert.Equal([("A", "{open}address}"), ("B", "2"), ("C", "3")], service.Environment.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal(("acme/web:1", 8000), (service.AsDefined!.Image, service.AsDefined.Ports[0].HostPort));
    }

    [Fact]
    public void Build_CommandOfTheHost_HasItsPortAndWhatItRefersTo()
    {
        var service = Build("""
            services:
              redis:
              web:
                port: 8080
                host: { command: [node, server.js, "--cache", "${redis.host}:${redis.port}"], environment: { SELF: "${web.port}" } }
            """)[1];

        var host = service.Definition.Host!;
        Assert.Equal(("node", true, "/project"), (host.Tool, host.IsCommand, host.WorkingDirectory));
        Assert.Equal(["server.js", "--cache", "{ref.redis.host}:{ref.redis.port}"], host.Arguments);
        Assert.Equal([("PORT", "{port.main}"), ("SELF", "{port.main}")], host.Environment.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal([new TcpProbeDefinition("main")], host.Probes);
    }

    [Fact]
    public void Build_Databases_HaveConnectionStringsOfTheirOwn()
    {
        var definition = Assert.Single(Build("services: { postgres: { init: { databases: [shop] } } }")).Definition;

        Assert.Equal(
            "Host={address};Port={port.postgres};Database=shop;Username=postgres;Password={secret.password}",
            DefinitionNote.Read("postgres", DefinitionNote.Write(definition))!.ConnectionStrings.Single(pair => pair.Key == "ConnectionStrings__shop").Value);
        Assert.Contains("Database=postgres;", definition.ConnectionStrings[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Databases_HaveUrlsAndTheFirstIsTheOneOfTheUsualName()
    {
        var written = Assert.Single(Build("services: { postgres: { init: { databases: [my-shop, stock] } } }")).Definition.ConnectionStrings;
        var plain = ServiceCatalog.Get("postgres").ConnectionStrings;

        Assert.Equal(
            [("DATABASE_URL", "my-shop"), ("DATABASE_URL_MY_SHOP", "my-shop"), ("DATABASE_URL_STOCK", "stock")],
            written.Where(pair => pair.Key.StartsWith("DATABASE_URL", StringComparison.Ordinal)).Select(pair => (pair.Key, pair.Value.Split('/')[^1])));
        Assert.Equal("postgresql://postgres:{secret.password}@{address}:{port.postgres}/postgres", plain.Single(pair => pair.Key == "DATABASE_URL").Value);
    }

    [Fact]
    public void Build_CommandOfTheHostAlone_IsAHostProcessWhereThereIsDockerToo()
    {
        var services = Build("services: { api: { host: { command: [b] }, ports: { http: 3000-4000, more: auto } }, web: { image: a, host: { command: [b] } } }");

        Assert.Equal([("api", ServiceMode.Host), ("web", ServiceMode.Auto)], services.Select(service => (service.Key.Name, service.Mode)));
        Assert.Equal([new Engine.Ports.PortRange(3000, 4000), null], services[0].Ports.Select(port => port.Range));
    }

    [Fact]
    public void Build_Settings_ReachTheService()
    {
        var service = Assert.Single(Build("defaults: { profile: test, image_cleanup: always, timeouts: { pull: 1m, connect: 5s } }\nservices: { alpine: { timeouts: { pull: 2m } } }"));
        var plain = Assert.Single(Build("services: [alpine]"));

        Assert.Equal(("profile test", ImageCleanup.Always, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5)), (service.ImageOrigin, service.ImageCleanup, service.PullLimit, service.ConnectLimit));
        Assert.Equal((null, ImageCleanup.Never, TimeSpan.FromMinutes(10), null), (plain.ImageOrigin, plain.ImageCleanup, plain.PullLimit, plain.ConnectLimit));
        Assert.Null(Assert.Single(Build("services: { alpine: { variant: alpine } }")).ImageOrigin);
    }

    [Fact]
    public void Build_FileOfTheServicesOwn_IsTakenAsItIs()
    {
        using var folder = new Support.TempFolder();
        File.WriteAllText(folder.File("mine.conf"), "listener {port.mqtt} {address}");

        var service = Assert.Single(Build($"services: {{ mqtt: {{ config: '{folder.File("mine.conf")}' }} }}"));

        Assert.Equal("listener {open}port.mqtt} {open}address}", service.Files[0].Content);
        Assert.Equal(service.Files[0].Content, service.Definition.Host!.Files![0].Content);
    }

    [Fact]
    public void Build_DockerIsDisabled_IsHostMode() => Assert.Equal(ServiceMode.Host, Assert.Single(Build("{ docker_enabled: false, services: [blob] }")).Mode);

    [Fact]
    public void Build_NeedsAServiceOfAnotherInstance_IsAnError()
    {
        var error = Assert.Throws<LocalZureException>(() => Build("services: { bus: { instance: a }, sql: { instance: b } }"));

        Assert.Equal((ErrorCode.ConfigInvalid, "bus (instance a) needs sql (instance b), which is in another instance, where it cannot be reached."), (error.Code, error.Message));
    }

    [Fact]
    public void Build_NoNameAndNothingEnabled_SaysWhatToDo()
    {
        var error = Assert.Throws<LocalZureException>(() => Build("services: { blob: false }"));

        Assert.Equal((ErrorCode.ParameterInvalid, "No service was named."), (error.Code, error.Message));
        Assert.Contains("New-LzConfiguration", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_MistypedNameOfAnOwnService_NamesIt()
    {
        var error = Assert.Throws<LocalZureException>(() => Build("services: { preview: { image: acme/preview, ports: { http: { container: 80 } } } }", start: new StartRequest { Names = ["preveiw"] }));

        Assert.Equal("There is no service named 'preveiw'. Did you mean 'preview'?", error.Message);
    }

    [Fact]
    public void DefinitionNote_OfAnOwnService_TellsWhatOthersNeed()
    {
        var definition = Build("""
            services:
              redis:
              web:
                image: acme/web
                ports: { http: { container: 80 } }
                environment: { CACHE: "${redis.connectionString}" }
                ready: [ { http: { path: /, headers: { Authorization: "Bearer planted-secret" } } }, { log: up, passes: 2 } ]
                timeouts: { stop: 3s }
            """)[1].Definition;

        var note = DefinitionNote.Write(definition)!;
        var read = DefinitionNote.Read("web", note)!;

        Assert.DoesNotContain("planted-secret", note, StringComparison.Ordinal);
        Assert.Equal(("web", true, TimeSpan.FromSeconds(3)), (read.Name, read.IsOwn, read.StopGrace));
        Assert.Equal(definition.Ports, read.Ports);
        Assert.Equal([new LogProbeDefinition("up") { Passes = 2 }], read.Probes);
        Assert.Equal(("redis", definition.Endpoints["http"]), (Assert.Single(read.DependsOn), read.Endpoints["http"]));
    }

    [Fact]
    public void DefinitionNote_OfTheCatalogsOwn_IsNotWritten() => Assert.All(ServiceCatalog.All, definition => Assert.Null(DefinitionNote.Write(definition)));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"probes\":[{\"kind\":\"new\"}]}")]
    public void DefinitionNote_CannotBeRead_IsThatOfTheCatalog(string note) => Assert.Same(ServiceCatalog.Get("blob"), DefinitionNote.Read("blob", note));

    private static IReadOnlyList<DesiredService> Build(string text, StartRequest? start = null, ConfigurationRequest? request = null)
    {
        var loaded = ConfigurationText.Load(text, request: request);
        Assert.Empty(loaded.Errors);
        return DesiredServiceBuilder.Build(start ?? new StartRequest { Names = [] }, new ProjectReader(loaded, ConfigurationText.Find).Read());
    }
}
