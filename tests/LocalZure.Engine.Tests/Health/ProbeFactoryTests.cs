using LocalZure.Engine.Health;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Health;

public sealed class ProbeFactoryTests
{
    private static readonly ProbedService Container = ProbedServices.Container(ProbedServices.Port(81));
    private static readonly ProbedService Process = ProbedServices.Process([ProbedServices.Port(81)]);

    [Theory]
    [InlineData("other", 80)]
    [InlineData("main", 0)]
    public void Create_PortThatIsNotPublished_IsUnhealthy(string port, int hostPort)
    {
        foreach (var definition in (ProbeDefinition[])[new HttpProbeDefinition("main", "/"), new TcpProbeDefinition("main")])
        {
            var error = Refused(definition, ProbedServices.Container(ProbedServices.Port(hostPort, port)));

            Assert.Equal((ErrorCode.ServiceUnhealthy, "The port 'main' is not published, so it cannot be probed."), (error.Code, error.Message));
        }
    }

    [Fact]
    public void Create_ContainersProbeOfAHostProcess_IsRefusedClearly()
    {
        var (exec, docker) = (Refused(new ExecProbeDefinition(["true"]), Process), Refused(new DockerProbeDefinition(), Process));

        Assert.Equal(
            (ErrorCode.HostModeUnsupported, "localzure-demo runs as a host process, which its exec probe cannot look at: a command needs a container."),
            (exec.Code, exec.Message));
        Assert.Equal(
            (ErrorCode.HostModeUnsupported, "localzure-demo runs as a host process, which its docker probe cannot look at: a HEALTHCHECK needs a container."),
            (docker.Code, docker.Message));
    }

    [Fact]
    public void Create_EachKind_LooksAtItsOwn()
    {
        ProbeDefinition[] ofContainer = [new HttpProbeDefinition("main", "/x"), new TcpProbeDefinition("main"), new ExecProbeDefinition(["/bin/check", "-P", "secret"]), new LogProbeDefinition("up"), new DockerProbeDefinition { Passes = 2 }];

        var probes = ofContainer.Select(definition => Create(definition, Container)).Append(Create(new ProcessProbeDefinition(TimeSpan.Zero), Process)).ToList();

        Assert.Equal(
            ["http://127.0.0.1:81/x", "tcp://127.0.0.1:81", "/bin/check in localzure-demo", "log of localzure-demo", "HEALTHCHECK of localzure-demo", "process of localzure-demo"],
            probes.Select(probe => probe.Target));
        Assert.Equal([1, 1, 1, 1, 2, 1], probes.Select(probe => probe.Passes));
        Assert.Equal([false, false, false, true, false, false], probes.Select(probe => probe.WaitsItself));
        Assert.Equal(["http", "tcp", "exec", "log", "docker"], ofContainer.Select(ProbeFactory.TypeOf));
        probes.OfType<IDisposable>().ToList().ForEach(probe => probe.Dispose());
    }

    private static LocalZureException Refused(ProbeDefinition definition, ProbedService service) => Assert.Throws<LocalZureException>(() => Create(definition, service));

    private static IProbe Create(ProbeDefinition definition, ProbedService service) =>
        ProbeFactory.Create(definition, service, new LogWatch(service, [], [], follows: true, TimeProvider.System), TimeProvider.System);
}
