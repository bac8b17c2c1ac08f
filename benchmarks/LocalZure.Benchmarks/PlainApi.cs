using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace LocalZure.Benchmarks;

/// <summary>The least that a docker client can do: Engine API calls over the unix socket, nothing checked, nothing else asked.</summary>
internal sealed class PlainApi : IDisposable
{
    private readonly HttpClient _docker;
    private readonly HttpClient _probe;

    /// <summary>Creates one.</summary>
    public PlainApi()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        var path = host is not null && host.StartsWith("unix://", StringComparison.Ordinal) ? host["unix://".Length..] : "/var/run/docker.sock";
        _docker = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = new Uri("http://docker/v1.41/") };
        _probe = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero });
    }

    /// <summary>Creates and starts an Azurite Blob container with a published port and a volume, as LocalZure would.</summary>
    /// <param name="scene">Marks what is made.</param>
    /// <param name="name">The container's name.</param>
    /// <param name="port">The host port.</param>
    /// <param name="command">Null takes LocalZure's, empty the image's own.</param>
    public async Task<string> StartBlobAsync(Scene scene, string name, int port, string[]? command = null, string network = "default")
    {
        var body = new
        {
            Image = Scene.AzuriteImage,
            Cmd = command ?? Scene.BlobCommand,
            Labels = scene.ForeignLabels,
            ExposedPorts = new Dictionary<string, object> { ["10000/tcp"] = new { } },
            HostConfig = new
            {
                NetworkMode = network,
                PortBindings = new Dictionary<string, object> { ["10000/tcp"] = new[] { new { HostIp = "127.0.0.1", HostPort = $"{port}" } } },
                Mounts = new[] { new { Type = "volume", Source = $"{name}-data", Target = "/data", VolumeOptions = new { Labels = scene.ForeignLabels } } },
            },
        };
        using var created = await _docker.PostAsJsonAsync($"containers/create?name={name}", body);
        created.EnsureSuccessStatusCode();
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Id").GetString()!;
        using var started = await _docker.PostAsync($"containers/{id}/start", null);
        started.EnsureSuccessStatusCode();
        return id;
    }

    /// <summary>Asks every 20 ms until Azurite itself answers.</summary>
    public async Task PollAsync(int port)
    {
        var target = new Uri($"http://127.0.0.1:{port}/");
        while (true)
        {
            try
            {
                using var answer = await _probe.GetAsync(target, HttpCompletionOption.ResponseHeadersRead);
                if (answer.Headers.Server.ToString().StartsWith("Azurite-Blob/", StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(20);
        }
    }

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _docker.Dispose();
        _probe.Dispose();
    }
}
