using System.Diagnostics;

namespace LocalZure.Integration.Tests.Support;

/// <summary>What the tests need; each is null when it is there, else why it is not.</summary>
internal static class Requirements
{
    public const string AzuriteImage = "mcr.microsoft.com/azure-storage/azurite:3.37.0";
    public const string BusyboxImage = "localzure-test/busybox:1";

    private static readonly Lazy<string?> LazyDocker = new(FindDocker);
    private static readonly Lazy<bool> LazyIsPodman = new(FindIsPodman);
    private static readonly Lazy<string?> LazyHost = new(FindHost);
    private static readonly Lazy<string?> LazyNodeClients = new(FindNodeClients);

    public static string? Docker => LazyDocker.Value;

    /// <summary>A HEALTHCHECK that is run: Podman has systemd do that, by a timer for each container.</summary>
    public static string? Healthchecks => Docker ?? (IsPodman && !Directory.Exists("/run/systemd/system") ? "Podman runs a HEALTHCHECK by a timer of systemd, which does not run here" : null);

    /// <summary>Whether the engine is Podman, which shows images under their full name. False without an engine.</summary>
    public static bool IsPodman => LazyIsPodman.Value;

    /// <summary>Whether the engine tells that a container was ended for lack of memory. Podman does not where the kernel has control groups of version 1.</summary>
    public static bool TellsOutOfMemory => !IsPodman || Run("docker", "info", "--format", "{{.CgroupVersion}}").Output.Trim() != "1";

    /// <summary>How the engine shows the name of the test image.</summary>
    public static string ShownBusyboxImage => IsPodman ? $"docker.io/{BusyboxImage}" : BusyboxImage;

    public static string? Host => LazyHost.Value;

    public static string? NodeClients => LazyNodeClients.Value;

    /// <summary>What a server needs in a mode.</summary>
    public static string? Server(ServiceMode mode, string service)
    {
        var (image, program) = service switch
        {
            "postgres" => ("postgres:18.6", "postgres"),
            "redis" => ("redis:8.10.1", "redis-server"),
            _ => ("eclipse-mosquitto:2.1.2-alpine", "mosquitto"),
        };
        return mode == ServiceMode.Docker ? Docker ?? (Try("docker", "image", "inspect", image) is null ? null : $"the image {image} is not on the daemon; tests/images/build.sh makes it")
            : OperatingSystem.IsWindows() ? "these tests look for processes the way Unix does"
            : service == "postgres" && Environment.IsPrivilegedProcess && Command.Find("setpriv") is null
                ? "PostgreSQL does not run as root, and setpriv, which runs it as another user, is not on PATH"
            : IsInstalled(program) ? null : $"{program} is not installed";
    }

    // Debian puts servers where PATH of an ordinary user does not lead.
    private static bool IsInstalled(string program) => Command.Find(program) is not null
        || File.Exists($"/usr/sbin/{program}")
        || (Directory.Exists("/usr/lib/postgresql") && Directory.EnumerateFiles("/usr/lib/postgresql", program, SearchOption.AllDirectories).Any());

    private static string? FindDocker()
    {
        if (Command.Find("docker") is null)
        {
            return "the docker command line is not on PATH";
        }

        if (Try("docker", "version", "--format", "{{.Server.Version}}") is { } problem)
        {
            return $"no Docker daemon answers: {problem}";
        }

        return new[] { AzuriteImage, BusyboxImage }
            .Where(image => Try("docker", "image", "inspect", image) is not null)
            .Select(image => $"the image {image} is not on the daemon; tests/images/build.sh makes it")
            .FirstOrDefault();
    }

    private static bool FindIsPodman() =>
        Docker is null && Run("docker", "version", "--format", "{{range .Server.Components}}{{.Name}};{{end}}").Output.Contains("Podman Engine;", StringComparison.Ordinal);

    private static string? FindHost() => OperatingSystem.IsWindows()
        ? "these tests look for processes the way Unix does"
        : Command.Find("node") is null || Command.Find("npm") is null
            ? "Node.js and npm are not on PATH"
            : !SharedTools.AreInstalled && Try("npm", "ping", "--fetch-retries=0", "--fetch-timeout=5000") is not null
                ? "npm does not reach its registry, from which host mode installs Azurite"
                : null;

    private static string? FindNodeClients() => Command.Find("node") is null
        ? "Node.js is not on PATH"
        : !Directory.Exists(Path.Combine(NodeClient.Folder, "node_modules", "@azure", "data-tables"))
            ? "the Node clients are not installed: run `npm ci` in tests/clients"
            : null;

    // The last line that the program wrote when it failed; null when it succeeded.
    private static string? Try(string program, params string[] arguments)
    {
        var (exitCode, output) = Run(program, arguments);
        return exitCode == 0 ? null : output.Trim().Split('\n')[^1];
    }

    private static (int? ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            process.Kill(entireProcessTree: true);
            return (null, $"{program} {arguments[0]} did not end within 20 s");
        }

        return (process.ExitCode, $"{output.Result}{errors.Result}");
    }
}
