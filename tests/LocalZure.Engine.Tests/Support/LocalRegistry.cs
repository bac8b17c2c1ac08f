using System.Diagnostics;
using System.Formats.Tar;
using System.Net;
using System.Net.Sockets;

namespace LocalZure.Engine.Tests.Support;

/// <summary>A registry on a free port of this machine, by Debian's docker-registry, in a folder of its own.</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private const string Program = "/usr/bin/docker-registry";

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private LocalRegistry(DirectoryInfo folder, Process process, int port)
    {
        _folder = folder;
        _process = process;
        Host = $"localhost:{port}";
    }

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Host and port.</summary>
    public string Host { get; }

    /// <summary>Starts one.</summary>
    /// <param name="htpasswd">Lines of users and bcrypt hashes; null lets everybody in.</param>
    public static async Task<LocalRegistry> StartAsync(string? htpasswd = null)
    {
        var folder = Directory.CreateTempSubdirectory("lz-registry-");
        var port = FreePort();
        var config = $"version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {folder.FullName}/data\nhttp:\n  addr: 127.0.0.1:{port}\n";
        if (htpasswd is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "htpasswd"), htpasswd);
            config += $"auth:\n  htpasswd:\n    realm: test\n    path: {folder.FullName}/htpasswd\n";
        }

        var file = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(file, config);
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec {Program} serve {file} >/dev/null 2>&1"]);
        var registry = new LocalRegistry(folder, Process.Start(start)!, port);
        await registry.WaitUntilReadyAsync(port);
        return registry;
    }

    /// <summary>Puts the test image into the registry and removes it from the daemon again.</summary>
    public async Task<string> PushAsync(string repository)
    {
        var name = $"{Host}/{repository}";
        await DockerTestImage.EnsureAsync();
        await DockerCommand.RunAsync("tag", DockerTestImage.Name, name);
        await DockerCommand.RunAsync("push", "-q", name);
        await DockerCommand.RunAsync("rmi", name);
        return name;
    }

    /// <summary>Puts an image with a layer that no other image has into the registry and removes it from the daemon again.</summary>
    /// <param name="repository">Repository and tag.</param>
    /// <param name="size">The layer's size in bytes.</param>
    public async Task<string> PushUniqueAsync(string repository, int size)
    {
        var name = $"{Host}/{repository}";
        var content = Directory.CreateDirectory(Path.Combine(_folder.FullName, "content"));
        var bytes = new byte[size];
        Random.Shared.NextBytes(bytes);
        await File.WriteAllBytesAsync(Path.Combine(content.FullName, "noise"), bytes);
        var archive = Path.Combine(_folder.FullName, "content.tar");
        await TarFile.CreateFromDirectoryAsync(content.FullName, archive, includeBaseDirectory: false);
        await DockerCommand.RunAsync("import", archive, name);
        await DockerCommand.RunAsync("push", "-q", name);
        await DockerCommand.RunAsync("rmi", name);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilReadyAsync(int port)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(20, deadline.Token);
            }
        }
    }
}
