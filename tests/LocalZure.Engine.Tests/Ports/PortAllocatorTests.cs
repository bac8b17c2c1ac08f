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
        var port = new PortAllocator(PortRange.Default, null, new Random(1)).Allocate("127.0.0.1", _ => false);

        Assert.InRange(port, 30000, 40000);
        Assert.True(PortAllocator.CanBind("127.0.0.1", port));
    }

    [Fact]
    public void Allocate_AllButOneExcluded_GivesThatOneWhereverItBegins()
    {
        var only = HttpStub.UnusedPort();
        var range = new PortRange(only - 20, only + 20);

        var given = Enumerable.Range(0, 20).Select(seed => new PortAllocator(range, null, new Random(seed)).Allocate("127.0.0.1", port => port != only));

        Assert.All(given, port => Assert.Equal(only, port));
    }

    [Fact]
    public void Allocate_TakenPort_IsNotGiven()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port;

        var error = Assert.Throws<LocalZureException>(() => new PortAllocator(new PortRange(taken, taken), null, new Random(1)).Allocate("127.0.0.1", _ => false));

        Assert.Equal((ErrorCode.PortRangeExhausted, $"No port of {taken}-{taken} is free."), (error.Code, error.Message));
    }

    [Fact]
    public void Allocate_EverythingExcluded_IsExhausted()
    {
        var error = Assert.Throws<LocalZureException>(() => new PortAllocator(new PortRange(30000, 30009), null, new Random(1)).Allocate("127.0.0.1", _ => true));

        Assert.Equal((ErrorCode.PortRangeExhausted, "No port of 30000-30009 is free."), (error.Code, error.Message));
    }

    [Fact]
    public void Allocate_PortsOfOutgoingConnections_AreGivenLast()
    {
        var range = new PortRange(31000, 31019);
        var allocator = new PortAllocator(range, new PortRange(31005, 60999), new Random(1));
        HashSet<int> given = [];

        for (var i = 0; i < 5; i++)
        {
            given.Add(allocator.Allocate("127.0.0.1", given.Contains));
        }

        Assert.All(given, port => Assert.InRange(port, 31000, 31004));
        Assert.InRange(allocator.Allocate("127.0.0.1", given.Contains), 31005, 31019);
    }

    [Fact]
    public void Allocate_ManyAllocators_SeldomBeginAtTheSamePort()
    {
        var given = Enumerable.Range(0, 20).Select(seed => new PortAllocator(PortRange.Default, new PortRange(32768, 60999), new Random(seed)).Allocate("127.0.0.1", _ => false)).ToList();

        Assert.InRange(given.Distinct().Count(), 15, 20);
    }

    [Fact]
    public void Allocate_CertainPortsAreAsked_GivesOneOfThem() =>
        Assert.InRange(new PortAllocator(PortRange.Default, null, new Random(1)).Allocate("127.0.0.1", _ => false, preferred: 30500, asked: new PortRange(29000, 29009)), 29000, 29009);

    [Fact]
    public void CanBind_ListenerOnEveryAddress_IsTaken()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();

        Assert.False(PortAllocator.CanBind("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port));
    }

    [Fact]
    public void CanBind_UdpPortTaken_IsFreeForTcpAlone()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        Assert.Equal((true, false), (PortAllocator.CanBind("127.0.0.1", port), PortAllocator.CanBind("127.0.0.1", port, "udp")));
    }
}
