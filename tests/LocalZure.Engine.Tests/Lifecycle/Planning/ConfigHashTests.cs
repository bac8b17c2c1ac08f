using LocalZure.Engine.Catalog;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Requests;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.Planning;

public sealed class ConfigHashTests
{
    private static readonly DesiredService Base = TestServices.Desired() with
    {
        Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" },
        Mounts = [new DesiredMount("data", null, "/data"), new DesiredMount("", "/home/me", "/me")],
    };

    private static readonly Dictionary<string, Func<DesiredService, DesiredService>> Changes = new()
    {
        ["image"] = service => service with { Image = "demo:2" },
        ["stop signal"] = service => service with { Definition = service.Definition with { StopSignal = "SIGINT" } },
        ["command"] = service => service with { Definition = service.Definition with { Command = ["run"] } },
        ["port name"] = Port(port => port with { Name = "other" }),
        ["container port"] = Port(port => port with { ContainerPort = 81 }),
        ["host address"] = Port(port => port with { HostAddress = "0.0.0.0" }),
        ["host port"] = Port(port => port with { HostPort = 18081 }),
        ["free port"] = Port(port => port with { HostPort = 0 }),
        ["protocol"] = Port(port => port with { Protocol = "udp" }),
        ["no port"] = service => service with { Ports = [] },
        ["environment value"] = service => service with { Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "3" } },
        ["environment name"] = service => service with { Environment = new Dictionary<string, string> { ["A"] = "1", ["C"] = "2" } },
        ["less environment"] = service => service with { Environment = new Dictionary<string, string> { ["A"] = "1" } },
        ["mount target"] = service => service with { Mounts = [service.Mounts[0] with { Target = "/other" }, service.Mounts[1]] },
        ["mount name"] = service => service with { Mounts = [service.Mounts[0] with { Name = "other" }, service.Mounts[1]] },
        ["mount source"] = service => service with { Mounts = [service.Mounts[0], service.Mounts[1] with { BindSource = "/home/you" }] },
        ["no mount"] = service => service with { Mounts = [] },
        ["memory"] = service => service with { MemoryBytes = 512 << 20 },
        ["cpus"] = service => service with { Cpus = 0.5 },
        ["host tool"] = Host(new HostDefinition { Tool = "t", Arguments = [] }),
        ["host script"] = Host(new HostDefinition { Tool = "t", Script = "s.js", Arguments = [] }),
        ["host arguments"] = Host(new HostDefinition { Tool = "t", Arguments = ["x"] }),
        ["host environment"] = Host(new HostDefinition { Tool = "t", Arguments = [], Environment = new Dictionary<string, string> { ["X"] = "1" } }),
    };

    public static TheoryData<string> ChangeNames => new(Changes.Keys);

    [Fact]
    public void Of_CatalogService_IsTheSameInEveryProcessAndVersion()
    {
        var blob = DesiredServiceBuilder.Build(new StartRequest { Names = ["blob"], Image = "mcr.microsoft.com/azure-storage/azurite:3.37.0" }, null, ServiceCatalog.Find).Single();

        Assert.Equal("d5a295d99a1728da", blob.ConfigHash);
        Assert.Equal("e6869c2035318396", Base.ConfigHash);
    }

    [Theory]
    [MemberData(nameof(ChangeNames))]
    public void Of_SomethingThatMakesAnotherContainer_Changes(string change) => Assert.NotEqual(Base.ConfigHash, Changes[change](Base).ConfigHash);

    [Fact]
    public void Of_AllChanges_DifferFromEachOther() => Assert.Distinct(Changes.Values.Select(change => change(Base).ConfigHash));

    [Fact]
    public void Of_WhatMakesNoOtherContainer_StaysTheSame()
    {
        var same = Base with
        {
            Key = new ServiceKey("demo", "pr42"),
            TimeToLive = TimeSpan.FromHours(1),
            StartTimeout = TimeSpan.FromSeconds(1),
            ContainerOnly = ["the image"],
            Ports = [Base.Ports[0] with { Explicit = true }],
            Definition = Base.Definition with { Description = "x", StopGrace = TimeSpan.Zero, StopLines = ["x"], StartTimeout = TimeSpan.Zero },
        };

        Assert.Equal(Base.ConfigHash, same.ConfigHash);
    }

    // What ran before there was a choice goes on running.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_InitProcess_CountsWhereItIsNotTheDefinitions(bool usual)
    {
        var unsaid = With(usual);
        var other = With(!usual);

        Assert.Equal(Base.ConfigHash, unsaid.ConfigHash);
        Assert.NotEqual(Base.ConfigHash, other.ConfigHash);

        DesiredService With(bool has) =>
            Base with { Definition = Base.Definition with { HasInitProcess = usual }, Container = Base.Container with { HasInitProcess = has } };
    }

    [Fact]
    public void Of_OtherOrderOfEnvironmentAndMounts_StaysTheSame()
    {
        var same = Base with
        {
            Environment = new Dictionary<string, string> { ["B"] = "2", ["A"] = "1" },
            Mounts = [Base.Mounts[1], Base.Mounts[0]],
        };

        Assert.Equal(Base.ConfigHash, same.ConfigHash);
    }

    [Fact]
    public void Of_PartsThatJoinToTheSameText_DoNotCollide()
    {
        var environments = new Dictionary<string, string>[]
        {
            new() { ["AB"] = "C" }, new() { ["A"] = "BC" }, new() { ["A"] = "B", ["C"] = "" }, new() { ["A"] = "B\nC" }, new() { ["A"] = "B1:C" },
            new() { ["A"] = "1:B3:env1:C0:" }, new() { ["A"] = "" }, new() { ["A"] = "\n" }, new(),
        };
        var commands = new string[][] { ["a b"], ["a", "b"], ["a", "b", ""], ["", "a", "b"], ["a\nb"], ["ab"], ["1:a"] };

        Assert.Distinct(
        [
            .. environments.Select(environment => (Base with { Environment = environment }).ConfigHash),
            .. commands.Select(command => (Base with { Definition = Base.Definition with { Command = command } }).ConfigHash),
        ]);
    }

    private static Func<DesiredService, DesiredService> Port(Func<DesiredPort, DesiredPort> change) => service => service with { Ports = [change(service.Ports[0])] };

    private static Func<DesiredService, DesiredService> Host(HostDefinition host) => service => service with { Definition = service.Definition with { Host = host } };
}
