using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using LocalZure.Integration.Tests.Support;

namespace LocalZure.Faults.Support;

/// <summary>
/// A dockerd of the tests' own, with folders, a socket, a bridge and addresses that no other daemon of the machine has, so
/// that it can be ended and started at will. It holds the test images.
/// </summary>
internal sealed class OwnDaemon : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("lzf-").FullName;
    private readonly int _number = Random.Shared.Next(1, 250);
    private Process? _process;

    private OwnDaemon()
    {
    }

    /// <summary>Why it cannot be had here; null when it can.</summary>
    public static string? Problem { get; } =
        !OperatingSystem.IsLinux() ? "a second dockerd takes Linux"
        : Environment.UserName != "root" ? "a second dockerd takes root"
        : new[] { "dockerd", "ip" }.FirstOrDefault(program => Command.Find(program) is null) is { } missing ? $"{missing} is not on PATH"
        : Requirements.Docker;

    /// <summary>Its <c>DOCKER_HOST</c>.</summary>
    public string Host => $"unix://{_folder}/docker.sock";

    private string Bridge => string.Create(CultureInfo.InvariantCulture, $"lzf{_number}");

    public static async Task<OwnDaemon> StartAsync()
    {
        var daemon = new OwnDaemon();
        try
        {
            await Command.RunAsync("ip", ["link", "add", daemon.Bridge, "type", "bridge"]);
            await Command.RunAsync("ip", ["address", "add", string.Create(CultureInfo.InvariantCulture, $"10.213.{daemon._number}.1/24"), "dev", daemon.Bridge]);
            await Command.RunAsync("ip", ["link", "set", daemon.Bridge, "up"]);
            await daemon.ComeUpAsync();
            await Command.RunAsync("sh", ["-c", $"docker save {Requirements.AzuriteImage} {Requirements.BusyboxImage} | docker --host {daemon.Host} load"]);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task ComeUpAsync()
    {
        _process = Process.Start(new ProcessStartInfo("sh",
        [
            "-c", "exec dockerd \"$@\" >>\"$0\" 2>&1", $"{_folder}/log",
            "--data-root", $"{_folder}/data", "--exec-root", $"{_folder}/exec", "--pidfile", $"{_folder}/pid", "--host", Host,
            // No --default-address-pool: with one, a dockerd that is started again deletes the docker0 of the other daemon.
            "--bridge", Bridge, "--iptables=false", "--ip-masq=false", "--shutdown-timeout", "1",
        ]))!;
        for (var watch = Stopwatch.StartNew(); !await AnswersAsync(); await Task.Delay(20))
        {
            if (watch.Elapsed > Deadline || _process.HasExited)
            {
                // The shell may have ended before it made the log.
                var said = File.Exists($"{_folder}/log") ? string.Join('\n', File.ReadLines($"{_folder}/log").TakeLast(15)) : "nothing";
                Assert.Fail($"dockerd did not come up, and said:\n{said}");
            }
        }
    }

    /// <summary>Ends it and starts it again.</summary>
    /// <param name="politely">With SIGTERM, so that its containers end too; else as kill -9 does.</param>
    public async Task RestartAsync(bool politely)
    {
        await GoDownAsync(politely);
        await ComeUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await GoDownAsync(politely: true);
        }

        // What is left names the folder in its command line: containerd and its shims, after a kill.
        await Eventually.IsEmptyAsync(async () =>
        {
            var left = await HostProcessList.MentioningAsync(_folder);
            foreach (var pid in left)
            {
                await Command.RunAsync("sh", ["-c", $"kill -9 {pid.Split(' ')[1]} 2>/dev/null || true"]);
            }

            return left;
        });
        await Command.RunAsync("sh", ["-c", $"grep -o ' {_folder}/[^ ]*' /proc/mounts | sort -r | xargs -r -n 1 umount -l; ip link delete {Bridge} 2>/dev/null; rm -rf {_folder}"]);
    }

    private async Task GoDownAsync(bool politely)
    {
        if (politely)
        {
            await Command.RunAsync("sh", ["-c", $"kill -TERM {_process!.Id} 2>/dev/null || true"]);
        }
        else
        {
            _process!.Kill();
        }

        using var limit = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();

        // Where nobody reaps orphans a killed containerd stays a zombie, and the next dockerd would take that for one that runs.
        await Command.RunAsync("rm", ["-f", $"{_folder}/pid", $"{_folder}/exec/containerd/containerd.pid"]);
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint($"{_folder}/docker.sock"));
            await socket.SendAsync("GET /_ping HTTP/1.0\r\n\r\n"u8.ToArray());
            return await socket.ReceiveAsync(new byte[64]) > 0;
        }
        catch (SocketException)
        {
            // Not yet.
            return false;
        }
    }
}
