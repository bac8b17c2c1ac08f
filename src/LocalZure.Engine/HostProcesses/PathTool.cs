using System.Text.RegularExpressions;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>A program that the user has installed: on PATH, or where its packages put it.</summary>
internal sealed partial class PathTool : IHostTool
{
    private readonly PathProgram _program;
    private readonly EnvironmentSnapshot _environment;

    /// <summary>Creates one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="environment">Where PATH is read.</param>
    public PathTool(PathProgram program, EnvironmentSnapshot environment)
    {
        _program = program;
        _environment = environment;
    }

    /// <inheritdoc/>
    public async Task<HostToolLocation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var path = Find() ?? throw new LocalZureException(
            ErrorCode.HostToolMissing,
            $"The program '{_program.Name}', which {_program.DisplayName} runs on, is neither on PATH nor where it is usually installed.",
            $"Install {_program.DisplayName} ({_program.InstallHint}), or start Docker.");
        var result = await ProgramVersion.AskAsync(path, _program.VersionArgument, ProgramVersion.Limit, TimeProvider.System, cancellationToken).ConfigureAwait(false);

        // The exit code says nothing: mosquitto -h ends with 3.
        return VersionIn(result.Lines) is { } version
            ? new HostToolLocation($"{_program.Name}@{version}", path, Path.GetDirectoryName(path)!, IsNode: false)
            : throw new LocalZureException(ErrorCode.HostToolMissing, $"The program '{path}' does not say its version, so it is no usable {_program.DisplayName}.")
            {
                ExitCode = result.ExitCode,
                Evidence = [.. result.Lines.TakeLast(20)],
            };
    }

    /// <summary>The first version number in what a program says of itself; null when there is none.</summary>
    public static string? VersionIn(IEnumerable<string> lines) =>
        lines.Select(line => Version().Match(line)).FirstOrDefault(match => match.Success)?.Value;

    // The newest version first, where a folder per version is usual.
    private string? Find() => ProgramPath.Find(_environment, _program.Name)
        ?? _program.Folders.SelectMany(Expand).Select(folder => Path.Combine(folder, _program.Name)).FirstOrDefault(ProgramPath.IsProgram);

    // /usr/lib/postgresql/*/bin
    private static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [pattern];
        }

        var parent = new DirectoryInfo(pattern[..star]);
        return parent.Exists
            ? parent.EnumerateDirectories().OrderByDescending(folder => int.TryParse(folder.Name, out var version) ? version : 0).Select(folder => folder.FullName + pattern[(star + 1)..])
            : [];
    }

    // Redis server v=7.0.15 sha=...   mosquitto version 2.0.11   postgres (PostgreSQL) 15.18 (Debian ...)
    [GeneratedRegex(@"(?<![\w.])\d+\.\d+(\.\d+)*|(?<=v=)\d+\.\d+(\.\d+)*", RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
