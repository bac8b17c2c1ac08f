using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LocalZure.Engine.Containers;
using LocalZure.Engine.Ports;
using LocalZure.Engine.Tests.Support;

namespace LocalZure.Engine.Tests.Ports;

public sealed class PortHolderFinderTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly FakeContainerRuntime _runtime = new();

    public PortHolderFinderTests() => _listener.Start();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    [LinuxFact]
    public void Find_ListenerOfThisProcess_IsThisProcess()
    {
        using var me = Process.GetCurrentProcess();

        Assert.Equal(new ListeningProcess(Environment.ProcessId, me.ProcessName), ListeningProcesses.Find(Port));
    }

    [LinuxFact]
    public void Find_ListenerOnIPv6_IsFoundToo()
    {
        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();

        Assert.Equal(Environment.ProcessId, ListeningProcesses.Find(((IPEndPoint)listener.LocalEndpoint).Port)?.Pid);
    }

    [LinuxFact]
    public void IsHeldBy_Listener_IsThisProcessAndNoOther()
    {
        Assert.True(ListeningProcesses.IsHeldBy(Port, Environment.ProcessId));
        Assert.False(ListeningProcesses.IsHeldBy(Port, 1));
        Assert.False(ListeningProcesses.IsHeldBy(HttpStub.UnusedPort(), Environment.ProcessId));
    }

    [LinuxFact]
    public void Find_NobodyListens_GivesNothing() => Assert.Null(ListeningProcesses.Find(HttpStub.UnusedPort()));

    [LinuxFact]
    public async Task DescribeAsync_Process_IsNamedWithItsPid()
    {
        using var me = Process.GetCurrentProcess();

        Assert.Equal($"the process '{me.ProcessName}' (pid {Environment.ProcessId})", await PortHolderFinder.DescribeAsync(null, Port, default));
        Assert.Equal($"the process '{me.ProcessName}' (pid {Environment.ProcessId})", await PortHolderFinder.DescribeAsync(_runtime, Port, default));
    }

    [Fact]
    public async Task DescribeAsync_Container_ComesBeforeTheProcess()
    {
        _runtime.Add(new ContainerSpec { Name = "other", Image = "x", Ports = [new PortMapping(80, "127.0.0.1", Port + 1)] });
        _runtime.Add(new ContainerSpec { Name = "web", Image = "x", Ports = [new PortMapping(80, "0.0.0.0", Port)] });

        Assert.Equal("the container 'web'", await PortHolderFinder.DescribeAsync(_runtime, Port, default));
    }

    [Fact]
    public async Task DescribeAsync_Nobody_SaysSo() =>
        Assert.Equal("something that could not be identified", await PortHolderFinder.DescribeAsync(_runtime, HttpStub.UnusedPort(), default));
}
