using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalZure.Benchmarks.Peers;

/// <summary>Testcontainers for .NET, without its reaper (whose image is not everywhere), and without a wait of its own, which looks once a second.</summary>
internal sealed class TestcontainersPeer : IPeer
{
    private List<IContainer> _containers = [];

    public TestcontainersPeer()
    {
        TestcontainersSettings.ResourceReaperEnabled = false;
    }

    public string Name => $"Testcontainers {typeof(IContainer).Assembly.GetName().Version?.ToString(3)}";

    public Task StartAsync(PeerRequest request)
    {
        _containers = request.Ports.Select(port => Build(request, port)).ToList();
        return Task.WhenAll(_containers.Select(container => container.StartAsync()));
    }

    public async Task StopAsync()
    {
        await Task.WhenAll(_containers.Select(container => container.DisposeAsync().AsTask()));
        _containers = [];
    }

    private static IContainer Build(PeerRequest request, int port)
    {
        var builder = new ContainerBuilder(request.Image).WithCommand(request.Command).WithLogger(NullLogger.Instance);
        return (port == 0 ? builder : builder.WithPortBinding(port, request.ContainerPort)).Build();
    }
}
