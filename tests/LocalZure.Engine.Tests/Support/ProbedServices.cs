using LocalZure.Engine.Containers;
using LocalZure.Engine.Health;
using LocalZure.Engine.Lifecycle.InContainers;

namespace LocalZure.Engine.Tests.Support;

/// <summary>Services for probes to look at.</summary>
internal static class ProbedServices
{
    /// <summary>One in a container of its own fake runtime.</summary>
    public static ProbedService Container(params ServicePort[] ports) => Container((IReadOnlyList<ServicePort>)ports);

    public static ProbedService Container(IReadOnlyList<ServicePort> ports)
    {
        var runtime = new FakeContainerRuntime();
        return Container(runtime, runtime.Add(new ContainerSpec { Name = "localzure-demo", Image = "demo:1" })) with { Ports = ports };
    }

    /// <summary>A container of a fake runtime.</summary>
    public static ProbedService Container(FakeContainerRuntime runtime, FakeContainer container) => ProbedContainer.Of(
        runtime,
        new Service { Name = "demo", ContainerName = container.Name, ContainerId = container.Id, Mode = ServiceMode.Docker, State = ServiceState.Running, StartedAt = container.StartedAt },
        null);

    /// <summary>A host process that runs and says nothing.</summary>
    public static ProbedService Process(IReadOnlyList<ServicePort> ports) => new()
    {
        Name = "localzure-demo",
        Ports = ports,
        ReadLog = (_, _) => NothingAsync(),
        IsRunning = () => true,
    };

    public static ServicePort Port(int hostPort, string name = "main") => new(name, 80, "127.0.0.1", hostPort, "tcp");

    private static async IAsyncEnumerable<ContainerLogLine> NothingAsync()
    {
        await Task.CompletedTask;
        yield break;
    }
}
