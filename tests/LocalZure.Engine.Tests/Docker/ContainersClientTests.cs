using System.Text.Json;
using System.Text.Json.Nodes;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Docker;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Docker;

public sealed class ContainersClientTests
{
    private static readonly ContainerSpec Spec = new()
    {
        Name = "x",
        Image = "i:1",
        Labels = new Dictionary<string, string> { ["localzure.operation"] = "op1" },
    };

    [Fact]
    public async Task Create_FullSpec_SendsAllOfIt()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(201, """{"Id":"ab","Warnings":[]}"""));
        using var http = daemon.Client();
        var spec = new ContainerSpec
        {
            Name = "a b",
            Image = "i:1",
            Command = ["serve"],
            Entrypoint = ["/bin/x"],
            Environment = new Dictionary<string, string> { ["A"] = "1=2" },
            Labels = new Dictionary<string, string> { ["l"] = "v" },
            Ports = [new PortMapping(80, "127.0.0.1", 8080), new PortMapping(80, "127.0.0.2", 0), new PortMapping(53, "127.0.0.1", 0, "udp")],
            Mounts = [new MountSpec(MountKind.Volume, "vol", "/v"), new MountSpec(MountKind.Bind, "/h", "/b", ReadOnly: true), new MountSpec(MountKind.Tmpfs, "", "/t")],
            Network = "net",
            NetworkAliases = ["alias"],
            WorkingDirectory = "/w",
            StopSignal = "SIGINT",
            MemoryBytes = 1024,
            Cpus = 0.5,
            PidsLimit = 9,
            HasInitProcess = true,
        };

        Assert.Equal("ab", await new ContainersClient(http, TimeProvider.System).CreateAsync(spec, CancellationToken.None));

        var request = Assert.Single(daemon.Requests);
        Assert.Equal("POST /containers/create?name=a%20b", request.ToString());
        JsonParts.AssertSays(
            """
            {"Name":"a b","Image":"i:1","Cmd":["serve"],"Entrypoint":["/bin/x"],"Env":["A=1=2"],"Labels":{"l":"v"},
             "ExposedPorts":{"80/tcp":{},"53/udp":{}},"WorkingDir":"/w","StopSignal":"SIGINT","StopTimeout":10,
             "HostConfig":{
               "PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"},{"HostIp":"127.0.0.2","HostPort":""}],"53/udp":[{"HostIp":"127.0.0.1","HostPort":""}]},
               "Mounts":[{"Type":"volume","Source":"vol","Target":"/v","ReadOnly":false},{"Type":"bind","Source":"/h","Target":"/b","ReadOnly":true},{"Type":"tmpfs","Target":"/t","ReadOnly":false}],
               "NetworkMode":"net","RestartPolicy":{"Name":"no"},"Memory":1024,"NanoCpus":500000000,"PidsLimit":9,"Init":true,"SecurityOpt":["no-new-privileges"]},
             "NetworkingConfig":{"EndpointsConfig":{"net":{"Aliases":["alias"]}}}}
            """,
            request.Body);
    }

    [Fact]
    public async Task CreateLike_Blueprint_SendsAllOfItWithoutWhatWasTheOldOnesAlone()
    {
        var id = new string('a', 32);
        await using var daemon = new FakeDockerDaemon((request, connection) => request.Method == "GET"
            ? connection.RespondAsync(
                200,
                """
                {"Id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Name":"/x","State":{"Status":"running"},
                 "Config":{"Hostname":"aaaaaaaaaaaa","Image":"i:1","Env":["A=1"],"Cmd":["serve"],"Labels":{"l":"v","localzure.operation":"op1"}},
                 "HostConfig":{"Memory":7,"PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}]}},
                 "NetworkSettings":{"Networks":{"net":{"Aliases":["alias","aaaaaaaaaaaa"],"IPAddress":"172.18.0.2"}}}}
                """)
            : connection.RespondAsync(201, """{"Id":"ab"}"""));
        using var http = daemon.Client();
        var containers = new ContainersClient(http, TimeProvider.System);

        var blueprint = await containers.ReadBlueprintAsync(id, [], CancellationToken.None);
        Assert.Equal("ab", await containers.CreateLikeAsync(blueprint!, new Dictionary<string, string> { ["localzure.operation"] = "op2" }, CancellationToken.None));

        Assert.Equal("POST /containers/create?name=x", daemon.Requests[^1].ToString());
        AssertJson(
            """
            {"Image":"i:1","Env":["A=1"],"Cmd":["serve"],"Labels":{"l":"v","localzure.operation":"op2"},
             "HostConfig":{"Memory":7,"PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}]}},
             "NetworkingConfig":{"EndpointsConfig":{"net":{"Aliases":["alias"]}}}}
            """,
            daemon.Requests[^1].Body);
    }

    // What Podman 4.3.1 shows, shortened to what is told differently from Docker. Its creation refuses RLIMIT_NOFILE, and NanoCpus beside a quota.
    [Fact]
    public async Task CreateLike_BlueprintOfPodman_SendsWhatACreationTakes()
    {
        var volume = new string('2', 64);
        await using var daemon = new FakeDockerDaemon((request, connection) => request.Method == "GET"
            ? connection.RespondAsync(
                200,
                $$$"""
                {"Id":"84f9172f9ec57170e13a9c0ee039c128","Name":"/x","State":{"Status":"running"},
                 "Config":{"Hostname":"84f9172f9ec5","Env":["LAB_SECRET=s3","container=podman","HOSTNAME=84f9172f9ec5"],"Image":"i:1","Labels":{},"StopSignal":"15"},
                 "HostConfig":{"Binds":["lzpv:/data:rw,rprivate,nosuid,nodev,rbind","{{{volume}}}:/cache:rprivate,rw,nodev,exec,nosuid,rbind"],"NetworkMode":"bridge",
                   "PortBindings":{"10000/tcp":[{"HostIp":"127.0.0.1","HostPort":"31234"}],"10001/tcp":null},
                   "NanoCpus":500000000,"CpuPeriod":100000,"CpuQuota":50000,"Ulimits":[{"Name":"RLIMIT_NOFILE","Hard":1024,"Soft":1024},{"Name":"RLIMIT_NPROC","Hard":1024,"Soft":1024}]},
                 "NetworkSettings":{"Networks":{"net":{"Aliases":["blob","84f9172f9ec5"],"NetworkID":"net","MacAddress":"be:19:6d:d7:8d:c2"}} }}
                """)
            : connection.RespondAsync(201, """{"Id":"ab"}"""));
        using var http = daemon.Client();
        var containers = new ContainersClient(http, TimeProvider.System);

        var blueprint = await containers.ReadBlueprintAsync("84f9172f9ec5", [], CancellationToken.None);
        await containers.CreateLikeAsync(blueprint!, new Dictionary<string, string>(), CancellationToken.None);

        AssertJson(
            """
            {"Env":["LAB_SECRET=s3","container=podman"],"Image":"i:1","Labels":{},"StopSignal":"15",
             "HostConfig":{"Binds":["lzpv:/data:rw,rprivate,nosuid,nodev,rbind"],"NetworkMode":"bridge",
               "PortBindings":{"10000/tcp":[{"HostIp":"127.0.0.1","HostPort":"31234"}],"10001/tcp":null},
               "NanoCpus":500000000,"Ulimits":[{"Name":"nofile","Hard":1024,"Soft":1024},{"Name":"nproc","Hard":1024,"Soft":1024}]},
             "NetworkingConfig":{"EndpointsConfig":{"net":{"Aliases":["blob"]}}}}
            """,
            daemon.Requests[^1].Body);
    }

    [Fact]
    public async Task Create_ConnectionBreaksButOursIsThere_TakesItsId()
    {
        await using var daemon = CutsCreation("""{"Id":"ab","Name":"/x","Config":{"Labels":{"localzure.operation":"op1"}}}""");
        using var http = daemon.Client();

        Assert.Equal("ab", await new ContainersClient(http, TimeProvider.System).CreateAsync(Spec, CancellationToken.None));

        Assert.Equal(["POST /containers/create?name=x", "GET /containers/x/json"], daemon.Requests.Select(request => request.ToString()));
    }

    [Theory]
    [InlineData("""{"Id":"ab","Name":"/x","Config":{"Labels":{"localzure.operation":"op2"}}}""")]
    [InlineData("""{"Id":"ab","Name":"/x","Config":{"Labels":null}}""")]
    [InlineData("""{"Id":"xab","Name":"/other","Config":{"Labels":{"localzure.operation":"op1"}}}""")]
    [InlineData(null)]
    public async Task Create_ConnectionBreaksAndOursIsNotThere_Fails(string? inspected)
    {
        await using var daemon = CutsCreation(inspected);
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => new ContainersClient(http, TimeProvider.System).CreateAsync(Spec, CancellationToken.None));

        Assert.Equal((RuntimeFailure.Transient, 1), (failure.Failure, daemon.Requests.Count(request => request.Method == "POST")));
    }

    [Fact]
    public async Task Start_ConnectionBreaksOnce_IsRepeated()
    {
        var cuts = 1;
        await using var daemon = new FakeDockerDaemon(async (_, connection) =>
        {
            if (Interlocked.Decrement(ref cuts) >= 0)
            {
                connection.Cut();
                return;
            }

            await connection.RespondAsync(304);
        });
        using var http = daemon.Client();

        await new ContainersClient(http, TimeProvider.System).StartAsync("ab", CancellationToken.None);

        Assert.Equal(["POST /containers/ab/start", "POST /containers/ab/start"], daemon.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public async Task Start_PortTaken_IsNotRepeated()
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(500, """{"message":"port is already allocated"}"""));
        using var http = daemon.Client();

        var failure = await Assert.ThrowsAsync<ContainerRuntimeException>(() => new ContainersClient(http, TimeProvider.System).StartAsync("ab", CancellationToken.None));

        Assert.Equal((RuntimeFailure.PortUnavailable, 1), (failure.Failure, daemon.Requests.Count));
    }

    [Fact]
    public async Task List_Labels_FiltersInOneCallAndReadsEntries()
    {
        const string answer = """
            [{"Id":"ab","Names":["/other/alias","/x"],"Image":"i:1","Created":1700000000,"State":"running","Status":"Up 3 seconds (healthy)",
              "Labels":{"l":"v"},
              "Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},{"IP":"::","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},{"PrivatePort":9,"Type":"udp"},{"IP":"127.0.0.1","PrivatePort":53,"PublicPort":5353,"Type":"udp"}],
              "Mounts":[{"Type":"volume","Name":"vol","Source":"","Destination":"/v"}],
              "NetworkSettings":{"Networks":{"net":{"NetworkID":"n"}}}},
             {"Id":"cd","Names":null,"State":"what","Ports":null,"Labels":null,"Mounts":null}]
            """;
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, answer));
        using var http = daemon.Client();

        var containers = await new ContainersClient(http, TimeProvider.System).ListAsync(["a", "b=ü"], includeStopped: true, CancellationToken.None);

        var query = Uri.UnescapeDataString(Assert.Single(daemon.Requests).Target);
        Assert.StartsWith("/containers/json?all=1&filters=", query, StringComparison.Ordinal);
        AssertJson("""{"label":{"a":true,"b=ü":true}}""", query[(query.IndexOf("filters=", StringComparison.Ordinal) + 8)..]);
        Assert.Equal(("ab", "x", "i:1", ContainerState.Running, "Up 3 seconds (healthy)", DateTimeOffset.FromUnixTimeSeconds(1700000000)), (containers[0].Id, containers[0].Name, containers[0].Image, containers[0].State, containers[0].Status, containers[0].CreatedAt));
        Assert.Equal([new PortMapping(53, "127.0.0.1", 5353, "udp"), new PortMapping(80, "0.0.0.0", 8080)], containers[0].Ports);
        Assert.Equal([new ContainerMount(MountKind.Volume, "vol", "", "/v")], containers[0].Mounts);
        Assert.Equal(["net"], containers[0].Networks);
        Assert.Equal(("cd", "", ContainerState.Unknown, 0, 0), (containers[1].Id, containers[1].Name, containers[1].State, containers[1].Ports.Count, containers[1].Labels.Count));
    }

    [Fact]
    public async Task Inspect_NeverStarted_HasNoTimes()
    {
        const string answer = """
            {"Id":"ab","Name":"/x","Created":"2026-11-21T03:11:22.123456789Z","RestartCount":2,
             "State":{"Status":"created","ExitCode":0,"OOMKilled":true,"Error":"boom","StartedAt":"0001-01-01T00:00:00Z","FinishedAt":"0001-01-01T00:00:00Z","Health":{"Status":"","FailingStreak":0}},
             "Config":{"Image":"i:1","Tty":true,"Labels":{"l":"v"}},
             "NetworkSettings":{"Ports":{"80/tcp":null,"81/tcp":[{"HostIp":"","HostPort":"8081"}]},"Networks":{"net":null}}}
            """;
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, answer));
        using var http = daemon.Client();

        var details = await new ContainersClient(http, TimeProvider.System).InspectAsync("x", CancellationToken.None);

        Assert.Equal((null, null, null, LogFrames.Timestamp), (details!.StartedAt, details.FinishedAt, details.HealthStatus, details.CreatedAt));
        Assert.Equal((2, true, "boom", true, "i:1"), (details.RestartCount, details.OutOfMemory, details.Error, details.Tty, details.Image));
        Assert.Empty(details.Ports);
    }

    [Fact]
    public async Task Inspect_NullsInside_AreLeftOut()
    {
        const string answer = """
            {"Id":"ab","Name":"/x","State":{"Status":"running"},"Mounts":[null,{"Type":"bind","Source":"/h","Destination":"/b"}],
             "Config":{"Env":[null,"A=1"]},
             "NetworkSettings":{"Ports":{"81/tcp":[null,{"HostIp":"","HostPort":"8081"}],"82/tcp":[null]},"Networks":{"net":null}}}
            """;
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, answer));
        using var http = daemon.Client();

        var details = await new ContainersClient(http, TimeProvider.System).InspectAsync("x", CancellationToken.None);

        Assert.Equal([new PortMapping(81, "0.0.0.0", 8081)], details!.Ports);
        Assert.Equal([new ContainerMount(MountKind.Bind, "", "/h", "/b")], details.Mounts);
        Assert.Equal(new Dictionary<string, string> { ["A"] = "1" }, details.Environment);
        Assert.Equal(["net"], details.Networks);
    }

    [Fact]
    public async Task List_NullsInside_AreLeftOut()
    {
        const string answer = """
            [{"Id":"ab","Names":[null,"/x"],"State":"running","Mounts":[null],"Ports":[null,{"PrivatePort":80,"PublicPort":8080,"Type":"tcp"}]}]
            """;
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, answer));
        using var http = daemon.Client();

        var container = Assert.Single(await new ContainersClient(http, TimeProvider.System).ListAsync([], includeStopped: true, CancellationToken.None));

        Assert.Equal("x", container.Name);
        Assert.Empty(container.Mounts);
        Assert.Equal([new PortMapping(80, "0.0.0.0", 8080)], container.Ports);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[1]")]
    [InlineData("""[{"Id":1}]""")]
    [InlineData("""[{"Names":"/x"}]""")]
    [InlineData("""[{"Labels":["a=b"]}]""")]
    [InlineData("""[{"Labels":{"a":1}}]""")]
    [InlineData("""[{"Created":"yesterday"}]""")]
    [InlineData("""[{"Created":1e30}]""")]
    [InlineData("""[{"State":"running","Ports":[{"PrivatePort":70000}]}]""")]
    [InlineData("""[{"Mounts":[7]}]""")]
    [InlineData("""[{"NetworkSettings":{"Networks":[]}}]""")]
    [InlineData("""[{"Id":"ab"}""")]
    public async Task List_OfAnotherKind_IsAnUnreadableAnswer(string answer)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, answer));
        using var http = daemon.Client();

        var error = await Assert.ThrowsAsync<ContainerRuntimeException>(() => new ContainersClient(http, TimeProvider.System).ListAsync([], includeStopped: true, CancellationToken.None));

        Assert.Contains("list containers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Running_TellsBoundPortsOnce()
    {
        const string answer = """
            {"Id":"ab","Name":"/x","State":{"Status":"running","Health":{"Status":"starting"}},
             "NetworkSettings":{"Ports":{"80/tcp":null,"81/tcp":[{"HostIp":"","HostPort":"8081"},{"HostIp":"::","HostPort":"8081"}],"53/udp":[{"HostIp":"127.0.0.1","HostPort":"5353"}]}}}
            """;
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(200, answer));
        using var http = daemon.Client();

        var details = await new ContainersClient(http, TimeProvider.System).InspectAsync("x", CancellationToken.None);

        Assert.Equal("starting", details!.HealthStatus);
        Assert.Equal([new PortMapping(53, "127.0.0.1", 5353, "udp"), new PortMapping(81, "0.0.0.0", 8081)], details.Ports);
    }

    [Fact]
    public async Task Remove_AnotherRemovesIt_WaitsUntilItIsGone()
    {
        var looks = 3;
        await using var daemon = new FakeDockerDaemon((request, connection) => (request.Method == "DELETE"
            ? connection.RespondAsync(409, """{"message":"removal of container ab is already in progress"}""")
            : Interlocked.Decrement(ref looks) > 0
                ? connection.RespondAsync(200, """{"Id":"ab","State":{"Status":"removing"}}""")
                : connection.RespondAsync(404, """{"message":"No such container: ab"}""")));
        using var http = daemon.Client();

        Assert.True(await new ContainersClient(http, TimeProvider.System).RemoveAsync("ab", CancellationToken.None));

        Assert.Equal(4, daemon.Requests.Count);
        Assert.Equal("DELETE /containers/ab?v=1&force=1", daemon.Requests[0].ToString());
    }

    [Theory]
    [InlineData(204, true)]
    [InlineData(404, false)]
    [InlineData(409, false)]
    [InlineData(500, false)]
    public async Task Signal_Status_IsTheAnswer(int status, bool expected)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => (status == 204 ? connection.RespondAsync(204) : connection.RespondAsync(status, """{"message":"can only kill running containers. ab is in state exited: container state improper"}""")));
        using var http = daemon.Client();

        Assert.Equal(expected, await new ContainersClient(http, TimeProvider.System).SignalAsync("ab", "SIGTERM", CancellationToken.None));

        Assert.Equal("POST /containers/ab/kill?signal=SIGTERM", Assert.Single(daemon.Requests).ToString());
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Remove_EngineThatAsksFirst_IsToldToKill(int stop)
    {
        await using var daemon = new FakeDockerDaemon((request, connection) => request.Method == "POST" && stop is (404 or 500)
            ? connection.RespondAsync(stop, """{"cause":"container state improper","message":"container ab is running or paused, refusing to clean up: container state improper"}""")
            : connection.RespondAsync(request.Method == "POST" ? stop : 204));
        using var http = daemon.Client();

        Assert.True(await new ContainersClient(http, TimeProvider.System, removalAsksFirst: true).RemoveAsync("ab", CancellationToken.None));

        Assert.Equal(["POST /containers/ab/stop?t=0", "DELETE /containers/ab?v=1&force=1"], daemon.Requests.Select(request => request.ToString()));
    }

    // Podman's words: of a container that has ended, and of one that ends at this moment.
    [Theory]
    [InlineData("can only kill running containers. ab is in state exited: container state improper")]
    [InlineData("container state improper: stopped")]
    public async Task Signal_StateThatTakesNone_IsFalse(string message)
    {
        await using var daemon = new FakeDockerDaemon((_, connection) => connection.RespondAsync(500, $$"""{"cause":"container state improper","message":"{{message}}","response":500}"""));
        using var http = daemon.Client();

        Assert.False(await new ContainersClient(http, TimeProvider.System).SignalAsync("ab", "SIGKILL", CancellationToken.None));
    }

    private static FakeDockerDaemon CutsCreation(string? inspected) => new(async (request, connection) =>
    {
        if (request.Method == "POST")
        {
            connection.Cut();
            return;
        }

        await (inspected is null
            ? connection.RespondAsync(404, """{"message":"No such container: x"}""")
            : connection.RespondAsync(200, inspected));
    });

    private static void AssertJson(string expected, string actual) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)),
            JsonSerializer.Serialize(JsonNode.Parse(actual)));
}
