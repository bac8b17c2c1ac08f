using System.Net;
using System.Net.Sockets;
using LocalZure.Engine.Health;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Health;

// Alone: a test beside it that is given the same free port to listen on would answer.
[Collection(Alone.Name)]
public sealed class ProbeConnectionTests
{
    [Fact]
    public async Task OpenAsync_Listener_IsConnectedTo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        using var socket = await ProbeConnection.OpenAsync("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, default);

        Assert.True(socket.Connected);
    }

    // Linux gives the near ends of connections to one address every other port in turn: after half the range every one of
    // that parity was used, that of the port itself too.
    [Fact]
    public async Task OpenAsync_PortOfOutgoingConnectionsWithoutListener_IsRefusedHoweverOftenItIsTried()
    {
        var range = EphemeralPorts.Range;
        var port = Enumerable.Range(range.First, range.Count).First(port => port % 2 == range.First % 2 && PortAllocator.CanBind("127.0.0.1", port));

        for (var i = 0; i < range.Count; i++)
        {
            var refusal = await Assert.ThrowsAsync<SocketException>(() => ProbeConnection.OpenAsync("127.0.0.1", port, default));
            Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
        }

        Assert.True(PortAllocator.CanBind("127.0.0.1", port));
    }
}
