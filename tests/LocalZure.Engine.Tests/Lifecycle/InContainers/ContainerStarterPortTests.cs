using LocalZure.Engine.Catalog;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Lifecycle.Planning;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Lifecycle.InContainers;

public sealed class ContainerStarterPortTests : IDisposable
{
    private static readonly DesiredService Desired = TestServices.Desired();

    private readonly TestEngine _engine = new();

    private FakeContainerRuntime Runtime => _engine.Runtime;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task StartAsync_FreePortOnceMore_IsTheSame()
    {
        var free = TestServices.Desired();
        free = free with { Ports = [free.Ports[0] with { HostPort = 0 }] };
        var first = (await _engine.StartAsync(free)).Ports[0].HostPort;
        Runtime.Take(Runtime.Containers[0]);

        var second = (await _engine.StartAsync(free)).Ports[0].HostPort;
        Runtime.Take(Runtime.Containers[0]);
        Runtime.TakenPorts.Add(first);
        var third = (await _engine.StartAsync(free)).Ports[0].HostPort;

        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
        Assert.Empty(_engine.Events.Warnings);
    }

    [Fact]
    public async Task StartAsync_DefaultPortTaken_IsReplacedWithOneWarning()
    {
        Runtime.Add(new ContainerSpec { Name = "web", Image = "x", Ports = [new PortMapping(80, "127.0.0.1", 18080)] });

        var service = await _engine.StartAsync(Desired);

        var port = Assert.Single(service.Ports).HostPort;
        Assert.InRange(port, 30000, 40000);
        Assert.Equal([$"Port 18080, the default of 'main' of demo, is taken by the container 'web'; port {port} is used instead."], _engine.Events.Warnings);
        Assert.Equal(["localzure-demo", "web"], Runtime.Containers.Select(container => container.Name).Order());
    }

    [Fact]
    public async Task StartAsync_ReplacementIsLostToo_IsReplacedAgainWithoutAnotherWarning()
    {
        Runtime.TakenPorts.Add(18080);
        Runtime.Before = call =>
        {
            if (call.Name == "StartContainer" && Runtime.Container("localzure-demo").Spec.Ports[0].HostPort is var port && Runtime.TakenPorts.Count < 5)
            {
                Runtime.TakenPorts.Add(port);
            }

            return Task.CompletedTask;
        };

        var service = await _engine.StartAsync(Desired);

        Assert.DoesNotContain(service.Ports[0].HostPort, Runtime.TakenPorts);
        Assert.Single(_engine.Events.Warnings);
        Assert.Single(Runtime.Containers);
    }

    [Fact]
    public async Task StartAsync_PortThatWasAskedForTaken_IsAnErrorThatNamesTheHolder()
    {
        Runtime.Add(new ContainerSpec { Name = "web", Image = "x", Ports = [new PortMapping(80, "127.0.0.1", 19090)] });
        var before = Runtime.Everything();

        var error = await Assert.ThrowsAsync<LocalZureException>(() => _engine.StartAsync(Desired.At(19090)));

        Assert.Equal((ErrorCode.PortInUse, "Port 19090 of 127.0.0.1, which was asked for as 'main' of demo, is taken by the container 'web'."), (error.Code, error.Message));
        Assert.Equal("Stop the container 'web', or choose another port with -Port @{ main = ... }; 0 takes a free one.", error.Remedy);
        Assert.Equal(before, Runtime.Everything());
        Assert.Empty(_engine.InFlight);
    }

    [Fact]
    public async Task StartAsync_AnyPort_TakesOneOfTheRange()
    {
        var service = await _engine.StartAsync(Desired with { Ports = [Desired.Ports[0] with { HostPort = 0 }] });

        Assert.InRange(service.Ports[0].HostPort, 30000, 40000);
        Assert.Empty(_engine.Events.Warnings);
    }

    [Fact]
    public async Task StartAsync_OnlyOneOfTwoPortsTaken_ReplacesThatOneAlone()
    {
        Runtime.TakenPorts.Add(18081);

        var service = await _engine.StartAsync(TwoPorts());

        Assert.Equal(18080, service.Ports.Single(port => port.ContainerPort == 80).HostPort);
        Assert.InRange(service.Ports.Single(port => port.ContainerPort == 81).HostPort, 30000, 40000);
    }

    [Fact]
    public async Task StartAsync_PortThatWasAskedForIsTheDefaultOfAnother_TheOtherGivesWay()
    {
        var service = await _engine.StartAsync(TwoPorts().At(18081));

        Assert.Equal(18081, service.Ports.Single(port => port.ContainerPort == 80).HostPort);
        var other = service.Ports.Single(port => port.ContainerPort == 81).HostPort;
        Assert.Equal([$"Port 18081, the default of 'admin' of demo, is taken by another port of the same service; port {other} is used instead."], _engine.Events.Warnings);
    }

    [Fact]
    public async Task StartAsync_BothPortsTaken_WarnsOnce()
    {
        Runtime.TakenPorts.Add(18080);
        Runtime.Add(new ContainerSpec { Name = "web", Image = "x", Ports = [new PortMapping(80, "127.0.0.1", 18081)] });

        var service = await _engine.StartAsync(TwoPorts());

        var ports = service.Ports.OrderBy(port => port.ContainerPort).Select(port => port.HostPort).ToList();
        Assert.Matches(
            $@"\A2 ports of demo are taken: 18080 \('main'\) by .+, {ports[0]} is used instead; 18081 \('admin'\) by the container 'web', {ports[1]} is used instead\.\z",
            Assert.Single(_engine.Events.Warnings));
    }

    [Fact]
    public async Task StartAsync_OneNumberOfTcpAndUdp_AreTwoPorts()
    {
        var definition = TestServices.Definition();
        var desired = TestServices.Of(definition with { Ports = [.. definition.Ports, new PortDefinition("udp", 80, 18080, "tests", "udp")] });

        var service = await _engine.StartAsync(desired);

        Assert.Equal([(18080, "tcp"), (18080, "udp")], service.Ports.Select(port => (port.HostPort, port.Protocol)).Order());
        Assert.Empty(_engine.Events.Warnings);
    }

    private static DesiredService TwoPorts()
    {
        var definition = TestServices.Definition();
        return TestServices.Of(definition with { Ports = [.. definition.Ports, new PortDefinition("admin", 81, 18081, "tests")] });
    }
}
