using System.Diagnostics;
using System.Net.Sockets;

namespace LocalZure.Engine.Tests.Support;

/// <summary>A tiny image of Debian's static busybox, imported with the docker command line and kept for later runs.</summary>
internal static class DockerTestImage
{
    public const string Name = "localzure-test/engine:1";

    private const string Busybox = "/bin/busybox";

    private static readonly Lazy<string?> Problem = new(FindProblem);
    private static readonly Lazy<Task> Import = new(ImportAsync);

    /// <summary>Why tests against the real daemon cannot run here; null when they can.</summary>
    public static string? SkipReason => Problem.Value;

    /// <summary>The endpoint of the daemon that the tests use.</summary>
    public static string SocketPath =>
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { } host && host.StartsWith("unix://", StringComparison.Ordinal)
            ? host["unix://".Length..]
            : "/var/run/docker.sock";

    /// <summary>Makes sure that the image is there.</summary>
    public static Task EnsureAsync() => Import.Value;

    private static string? FindProblem()
    {
        if (!File.Exists(Busybox))
        {
            return $"{Busybox} is not here; the tests make their image of it";
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            return null;
        }
        catch (SocketException problem)
        {
            return $"no Docker daemon answers at {SocketPath}: {problem.Message}";
        }
    }

    private static async Task ImportAsync()
    {
        // Shell syntax keeps tar's output out of this process. An image that is there stays, so that runs leave no nameless ones.
        const string script =
            "set -e; docker image inspect " + Name + " >/dev/null 2>&1 && exit 0; d=$(mktemp -d); trap 'rm -rf $d' EXIT; mkdir -p $d/bin $d/tmp; cp /bin/busybox $d/bin/busybox; "
            + "for a in sh cat sleep echo printf true false seq kill dd tr head yes; do ln -s busybox $d/bin/$a; done; "
            + "tar -C $d -c . | docker import --change 'ENV PATH=/bin' - " + Name;
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The test image could not be imported: {await errors}");
        }
    }
}
