using LocalZure.Engine.Graph;
using LocalZure.Engine.Lifecycle;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Graph;

public sealed class GraphBuilderTests
{
    private static readonly Service Running = new() { Name = "sql", ContainerName = "localzure-sql", Mode = ServiceMode.Docker, State = ServiceState.Running };

    private static readonly ServiceHealth Healthy = new() { Service = "sql", Status = ServiceHealthStatus.Healthy, Container = new ContainerHealth("running", true, null, null, null, 0, false), CheckedAt = default };

    [Fact]
    public void Build_WhatIsNeeded_ComesAlongWithWhatIsKnownOfIt()
    {
        var nodes = Builder(("api", ["servicebus"]), ("servicebus", ["sql"]), ("sql", []), ("other", [])).Build([new ServiceKey("api", null)]);

        Assert.Equal(
            [
                ("api", ServiceState.NotCreated, ServiceHealthStatus.Stopped, true, "servicebus", ""),
                ("servicebus", ServiceState.NotCreated, ServiceHealthStatus.Stopped, false, "sql", "api"),
                ("sql", ServiceState.Running, ServiceHealthStatus.Healthy, false, "", "servicebus"),
            ],
            nodes.Select(node => (node.Name, node.State, node.Health, node.IsEnabled, string.Join(',', node.DependsOn), string.Join(',', node.Dependants))));
    }

    [Fact]
    public void Build_AnotherInstance_IsAnotherService() =>
        Assert.Equal([ServiceState.NotCreated], Builder(("sql", [])).Build([new ServiceKey("sql", "pr1")]).Select(node => node.State));

    [Fact]
    public void Build_Circle_NamesIt()
    {
        var error = Assert.Throws<LocalZureException>(() => Builder(("x", ["a"]), ("a", ["b"]), ("b", ["a"])).Build([new ServiceKey("x", null)]));

        Assert.Equal((ErrorCode.DependencyCycle, "Services need each other in a circle: a -> b -> a."), (error.Code, error.Message));
    }

    [Fact]
    public void Build_UnknownNeed_SaysWhoNeedsIt()
    {
        var error = Assert.Throws<LocalZureException>(() => Builder(("a", ["ghost"])).Build([new ServiceKey("a", null)]));

        Assert.Equal((ErrorCode.ServiceUnknown, "There is no service named 'ghost', which a needs."), (error.Code, error.Message));
    }

    private static GraphBuilder Builder(params (string Name, string[] Needs)[] services)
    {
        var known = services.ToDictionary(service => service.Name, service => new ConfiguredService(TestServices.Definition(service.Name) with { DependsOn = service.Needs }));
        return new GraphBuilder(new ServiceProject(known.GetValueOrDefault, ["api"]), [Running], [Healthy]);
    }
}
