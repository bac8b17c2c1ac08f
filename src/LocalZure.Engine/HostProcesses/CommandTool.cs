using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>A program that a user's own service runs: a name on PATH, or a path.</summary>
internal sealed class CommandTool : IHostTool
{
    private readonly string _program;
    private readonly string _folder;
    private readonly EnvironmentSnapshot _environment;

    /// <summary>Creates one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="folder">Where a relative path begins.</param>
    /// <param name="environment">Where PATH is read.</param>
    public CommandTool(string program, string folder, EnvironmentSnapshot environment)
    {
        _program = program;
        _folder = folder;
        _environment = environment;
    }

    /// <inheritdoc/>
    public Task<HostToolLocation> EnsureAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var path = Find() ?? throw new LocalZureException(
            ErrorCode.HostToolMissing,
            $"The program '{_program}' is neither on PATH nor in '{_folder}'.",
            "Install it, or correct host.command in localzure.yml.");
        return Task.FromResult(new HostToolLocation(Path.GetFileName(path), path, Path.GetDirectoryName(path)!, IsNode: false));
    }

    private string? Find() => _program.AsSpan().IndexOfAny('/', '\\') < 0
        ? ProgramPath.Find(_environment, _program)
        : Path.GetFullPath(_program, _folder) is var path && ProgramPath.IsProgram(path) ? path : null;
}
