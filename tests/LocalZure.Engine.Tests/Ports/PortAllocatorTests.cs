using System.Net;
using System.Net.Sockets;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Ports;

public sealed class PortAllocatorTests
{
    [Fact]
    public void Allocate_Range_GivesAPortOfItThatCanBeBound()
    {
        var port = new PortAllocator(PortRange.Default, new Random(1)).Allocate("127.0.0.1", _ => false);

        Assert.InRange(port, 30000, 40000);
        Assert.True(PortAllocator.CanBind("127.0.0.1", port));
    }

    [Fact]
    public void Allocate_AllButOneExcluded_GivesThatOneWhereverItBegins()
    {
        var only = HttpStub.UnusedPort();
        var range = new PortRange(only - 20, only + 20);

        var given = Enumerable.Range(0, 20).Select(seed => new PortAllocator(range, new Random(seed)).Allocate("127.0.0.1", port => port != only));

        Assert.All(given, port => Assert.Equal(only, port));
    }

    [Fact]
    public void Allocate_TakenPort_IsNotGiven()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port;

        var error = Assert.Throws<LocalZureException>(() => new PortAllocator(new PortRange(taken, taken), new Random(1)).Allocate("127.0.0.1", _ => false));

        Assert.Equal((ErrorCode.PortRangeExhausted, $"No free port was found in {taken}-{taken}; 1 was tried."), (error.Code, error.Message));
    }

    [Fact]
    public void Allocate_EverythingExcluded_IsExhausted()
    {
        var error = Assert.Throws<LocalZureException>(() => new PortAllocator(new PortRange(30000, 30009), new Random(1)).Allocate("127.0.0.1", _ => true));

        Assert.Equal((ErrorCode.PortRangeExhausted, "No free port was found in 30000-30009; 10 were tried."), (error.Code, error.Message));
    }

    [Fact]
    public void CanBind_ListenerOnEveryAddress_IsTaken()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();

        Assert.False(PortAllocator.CanBind("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port));
    }
}
