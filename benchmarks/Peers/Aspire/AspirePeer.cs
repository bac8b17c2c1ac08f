using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalZure.Benchmarks.Peers;

/// <summary>An app host of Aspire without its dashboard; every start is one of the whole host, which is how Aspire is used.</summary>
internal sealed class AspirePeer : IPeer
{
    private DistributedApplication? _app;

    public string Name => $"Aspire {typeof(DistributedApplication).Assembly.GetName().Version?.ToString(3)}";

    public async Task StartAsync(PeerRequest request)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, Args = [] });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var (image, tag) = Split(request.Image);
        var names = new List<string>();
        foreach (var port in request.Ports)
        {
            var name = $"service{names.Count}";
            names.Add(name);
            var container = builder.AddContainer(name, image, tag).WithArgs(request.Command);
            if (port != 0)
            {
                container.WithEndpoint(port: port, targetPort: request.ContainerPort, name: "main", isProxied: false);
            }
        }

        _app = builder.Build();
        await _app.StartAsync();
        var notifications = _app.Services.GetRequiredService<ResourceNotificationService>();
        await Task.WhenAll(names.Select(name => notifications.WaitForResourceAsync(name, KnownResourceStates.Running)));
    }

    public async Task StopAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    private static (string Image, string Tag) Split(string image)
    {
        var colon = image.LastIndexOf(':');
        return (image[..colon], image[(colon + 1)..]);
    }
}
