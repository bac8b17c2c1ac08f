using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>A program of npm: the copy on PATH when it suits the Node.js that is there, else one in the LocalZure home.</summary>
internal sealed class NpmPackageTool : IHostTool
{
    private readonly NpmPackage _package;
    private readonly EngineOptions _options;
    private readonly NpmInstaller _installer;

    /// <summary>Creates one.</summary>
    /// <param name="package">The package.</param>
    /// <param name="options">The home, PATH and the clock.</param>
    public NpmPackageTool(NpmPackage package, EngineOptions options)
    {
        _package = package;
        _options = options;
        _installer = new NpmInstaller(options);
    }

    /// <inheritdoc/>
    public async Task<HostToolLocation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var node = ProgramPath.Find(_options.Environment, "node") ?? throw new LocalZureException(
            ErrorCode.HostToolMissing,
            $"The program 'node' (Node.js), which {_package.DisplayName} runs on, is not on PATH.",
            $"Install Node.js {_package.Versions.Min(version => version.MinimumNodeMajor)} or later (from nodejs.org, or with the system's package manager), or start Docker.");
        var major = await NodeVersion.MajorOfAsync(node, cancellationToken).ConfigureAwait(false);
        if (await FindOnPathAsync(node, major, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        var version = VersionFor(node, major);
        var folder = _installer.PackageFolder(_package.Name, version);
        if (await LocationAsync(folder, node, major, cancellationToken).ConfigureAwait(false) is { } installed)
        {
            return installed;
        }

        await _installer.InstallAsync(_package, version, node, progress, cancellationToken).ConfigureAwait(false);
        return await LocationAsync(folder, node, major, cancellationToken).ConfigureAwait(false) ?? throw new LocalZureException(
            ErrorCode.HostToolInstallFailed,
            $"The folder '{folder}' does not hold a usable {_package.DisplayName} {version}.",
            "Remove the folder and try again.");
    }

    private async Task<HostToolLocation?> FindOnPathAsync(string node, int major, CancellationToken cancellationToken)
    {
        if (ProgramPath.Find(_options.Environment, _package.Name) is not { } command)
        {
            return null;
        }

        foreach (var folder in NpmPackageFinder.Candidates(command, _package.Name))
        {
            if (await LocationAsync(folder, node, major, cancellationToken).ConfigureAwait(false) is { } location)
            {
                return location;
            }
        }

        return null;
    }

    private async Task<HostToolLocation?> LocationAsync(string folder, string node, int major, CancellationToken cancellationToken)
    {
        var manifest = await NpmPackageFinder.ReadManifestAsync(folder, cancellationToken).ConfigureAwait(false);
        return manifest is { Version: { } version }
            && manifest.Name == _package.Name
            && NodeVersion.Allows(manifest.NodeRange, major)
            && File.Exists(Path.Combine(folder, _package.RequiredFile))
                ? new HostToolLocation($"{_package.Name}@{version}", node, folder, IsNode: true)
                : null;
    }

    private string VersionFor(string node, int major) =>
        _package.Versions.FirstOrDefault(version => major >= version.MinimumNodeMajor)?.Version ?? throw new LocalZureException(
            ErrorCode.HostToolMissing,
            $"The Node.js {major} at '{node}' is too old for {_package.DisplayName}.",
            $"Install Node.js {_package.Versions.Min(version => version.MinimumNodeMajor)} or later, or start Docker.");
}
