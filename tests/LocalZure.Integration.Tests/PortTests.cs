using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LocalZure.Engine.Requests;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Integration.Tests;

/// <summary>Ports that somebody else has.</summary>
public sealed class PortTests
{
    private static readonly Dictionary<string, int> DefaultPorts = new() { ["blob"] = 10000, ["queue"] = 10001, ["table"] = 10002 };

    [Theory, InDocker, OnHost]
    public async Task Start_DefaultPortTaken_TakesAnotherAndNamesTheHolder(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var (name, listener) = ListenOnADefaultPort();
        using var held = listener;
        var taken = DefaultPorts[name];
        var events = new RecordedEvents();

        var service = await lab.StartAsync(lab.Request(name) with { Ports = new Dictionary<string, PortWish>() }, events: events);

        var port = Assert.Single(service.Ports).HostPort;
        Assert.InRange(port, 30000, 40000);
        var warning = Assert.Single(events.Warnings, warning => warning.Contains("Port", StringComparison.Ordinal));
        Assert.Equal($"Port {taken}, the default of '{name}' of {name} (instance {lab.Instance}), is taken by {Me()}; port {port} is used instead.", warning);
        Assert.Contains($":{port}/", service.ConnectionString, StringComparison.Ordinal);
    }

    [Theory, InDocker, OnHost]
    public async Task Start_ExplicitPortTaken_FailsAndNamesTheHolder(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var error = await lab.FailToStartAsync(lab.Request("blob") with { Ports = new Dictionary<string, PortWish> { ["blob"] = port } });

        Assert.Equal(ErrorCode.PortInUse, error.Code);
        Assert.Equal($"Port {port} of 127.0.0.1, which was asked for as 'blob' of blob (instance {lab.Instance}), is taken by {Me()}.", error.Message);
        Assert.Contains(Me(), error.Remedy, StringComparison.Ordinal);
        Assert.Empty(await lab.LeftoversAsync());
        Assert.Empty(await lab.DataAsync());
    }

    [Theory, InDocker, OnHost]
    [Trait("Form", "full")]
    public async Task Start_ExplicitFreePort_IsUsed(ServiceMode mode)
    {
        await using var lab = await Lab.OpenAsync(mode);
        var port = FreePort();

        var service = await lab.StartAsync(lab.Request("blob") with { Ports = new Dictionary<string, PortWish> { ["blob"] = port } });

        Assert.Equal(("127.0.0.1", port), (service.Ports[0].HostAddress, service.Ports[0].HostPort));
        Assert.Equal($"http://127.0.0.1:{port}/devstoreaccount1", service.Endpoints["blob"]);
    }

    [DockerFact]
    [Trait("Form", "full")]
    public async Task Start_PortOfAContainer_NamesTheContainer()
    {
        await using var lab = await Lab.OpenAsync(ServiceMode.Docker);
        var first = await lab.StartAsync("blob");
        var port = first.Ports[0].HostPort;

        var error = await lab.FailToStartAsync(lab.Request("queue") with { Ports = new Dictionary<string, PortWish> { ["queue"] = port } });

        Assert.Equal(ErrorCode.PortInUse, error.Code);
        Assert.Contains($"is taken by the container '{first.ContainerName}'", error.Message, StringComparison.Ordinal);
    }

    // Others on this machine may hold one of them.
    private static (string Name, TcpListener Listener) ListenOnADefaultPort()
    {
        foreach (var (name, port) in DefaultPorts)
        {
            var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return (name, listener);
            }
            catch (SocketException)
            {
                listener.Dispose();
            }
        }

        throw new InvalidOperationException("All default ports are taken by something else on this machine.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Me()
    {
        using var process = Process.GetCurrentProcess();
        return $"the process '{process.ProcessName}' (pid {process.Id})";
    }
}
