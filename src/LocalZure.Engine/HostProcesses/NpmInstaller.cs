using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>
/// Installs packages into the LocalZure home, each version in a folder of its own. A folder appears complete or not at all.
/// </summary>
internal sealed class NpmInstaller
{
    /// <summary>Azurite 3.35 takes 103 MiB with what it depends on.</summary>
    private const long LeastSpace = 128 << 20;

    private const int EvidenceLines = 20;
    private const int RemoveAttempts = 20;

    private static readonly TimeSpan RemoveDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(10);

    private readonly EngineOptions _options;
    private readonly string _tools;

    /// <summary>Creates one.</summary>
    /// <param name="options">The home, PATH and the clock.</param>
    public NpmInstaller(EngineOptions options)
    {
        _options = options;
        _tools = Path.Combine(options.Home, "tools");
    }

    /// <summary>The folder that a package's version has, or would have.</summary>
    public string PackageFolder(string name, string version) => Path.Combine(InstallFolder(name, version), "node_modules", name);

    /// <summary>Installs a version unless it is there; shells that want it at the same time install it once.</summary>
    /// <exception cref="LocalZureException">HostToolMissing without npm, HostToolInstallFailed, DiskFull or LockTimeout.</exception>
    public async Task InstallAsync(NpmPackage package, string version, string node, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var npm = Npm(package, node);
        var held = await FileLock.AcquireAsync(Path.Combine(_tools, package.Name + ".lock"), LockLimit, _options.Time, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            await RemoveLeftoversAsync(package.Name).ConfigureAwait(false);
            if (Directory.Exists(InstallFolder(package.Name, version)))
            {
                return;
            }

            var temporary = Path.Combine(_tools, $".{package.Name}-{version}-{Guid.NewGuid():N}");
            try
            {
                Directory.CreateDirectory(temporary);
                CheckSpace(package, version, temporary);
                progress?.Report($"Installing {package.DisplayName} {version} with npm into {_tools}; this is done once.");
                await RunNpmAsync(npm, package, version, temporary, progress, cancellationToken).ConfigureAwait(false);
                Directory.Move(temporary, InstallFolder(package.Name, version));
                progress?.Report($"Installed {package.DisplayName} {version}.");
            }
            finally
            {
                await RemoveLeftoversAsync(package.Name).ConfigureAwait(false);
            }
        }
    }

    private async Task RunNpmAsync(
        IReadOnlyList<string> npm, NpmPackage package, string version, string folder, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        // Install scripts are other people's code, and Azurite runs without them.
        string[] command =
        [
            .. npm, "install", "--prefix", folder, "--global=false", "--no-audit", "--no-fund", "--no-update-notifier",
            "--omit=dev", "--ignore-scripts", "--loglevel=http", $"{package.Name}@{version}",
        ];
        var result = await CommandRunner.RunAsync(
            command, Variables(), folder, line => progress?.Report(SecretSanitizer.Sanitize(line)), cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0 || !File.Exists(Path.Combine(folder, "node_modules", package.Name, package.RequiredFile)))
        {
            throw Failure(package, version, result);
        }
    }

    // npm itself tries for minutes before it says that the disk is full.
    private void CheckSpace(NpmPackage package, string version, string folder)
    {
        if (DiskSpace.FreeBytes(folder) is { } free && free < LeastSpace)
        {
            throw new LocalZureException(ErrorCode.DiskFull, $"{package.DisplayName} {version} cannot be installed into '{_tools}': {free >> 20} MiB are free, and {LeastSpace >> 20} MiB are needed.");
        }
    }

    private Dictionary<string, string> Variables() => _options.Environment["PATH"] is { } path ? new() { ["PATH"] = path } : [];

    private LocalZureException Failure(NpmPackage package, string version, CommandResult result)
    {
        var lines = result.Lines.Where(line => line.Trim().Length > 0).TakeLast(EvidenceLines).Select(SecretSanitizer.Sanitize).ToList();
        return result.Lines.Any(line => line.Contains("ENOSPC", StringComparison.Ordinal))
            ? new LocalZureException(ErrorCode.DiskFull, $"{package.DisplayName} {version} cannot be installed into '{_tools}': no space is left.") { Evidence = lines }
            : new LocalZureException(ErrorCode.HostToolInstallFailed, $"npm could not install {package.DisplayName} {version}; it ended with exit code {result.ExitCode}.")
            {
                ExitCode = result.ExitCode,
                Evidence = lines,
            };
    }

    private List<string> Npm(NpmPackage package, string node)
    {
        var npm = ProgramPath.Find(_options.Environment, "npm") ?? throw new LocalZureException(
            ErrorCode.HostToolMissing,
            $"The program 'npm', which installs {package.DisplayName}, is not on PATH.",
            "Install npm (it comes with the installers from nodejs.org; on Debian and Ubuntu: 'sudo apt install npm'), or start Docker.");

        // The .cmd file of Windows would have the arguments read once more by the command interpreter.
        var script = Path.Combine(Path.GetDirectoryName(npm)!, "node_modules", "npm", "bin", "npm-cli.js");
        return OperatingSystem.IsWindows() && File.Exists(script) ? [node, script] : [npm];
    }

    private string InstallFolder(string name, string version) => Path.Combine(_tools, $"{name}-{version}");

    // To be called under the lock: whoever made them is dead or done. Without the caller's token, which may be cancelled.
    private async Task RemoveLeftoversAsync(string name)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                foreach (var folder in Directory.GetDirectories(_tools, $".{name}-*"))
                {
                    Directory.Delete(folder, recursive: true);
                }

                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A process of a killed npm still writes there. What stays is removed by the next installation.
                if (attempt == RemoveAttempts)
                {
                    return;
                }
            }

            await Task.Delay(RemoveDelay, _options.Time, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
