namespace LocalZure.Engine.Export;

/// <summary>Finds the file that an export writes.</summary>
internal static class ExportFile
{
    private const string GitHubVariable = "GITHUB_ENV";

    /// <summary>The full path; null for a format without a file, and for JSON that goes to the caller.</summary>
    /// <param name="format">The format.</param>
    /// <param name="path">The full path that was given; null for none.</param>
    /// <param name="folder">The folder in which the session stands.</param>
    /// <param name="environment">The variables of this process.</param>
    /// <exception cref="LocalZureException">ParameterInvalid when there can be no file, or it cannot be that one.</exception>
    public static string? Find(ExportFormat format, string? path, string folder, EnvironmentSnapshot environment)
    {
        if (format is ExportFormat.Process or ExportFormat.AzureDevOps)
        {
            return path is null ? null : throw new LocalZureException(ErrorCode.ParameterInvalid, $"The format {format} writes no file, so '{path}' has no meaning.", "Leave out -Path, or choose another format.");
        }

        var file = path ?? Default(format, folder, environment);
        if (Directory.Exists(file))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"'{file}' is a folder.", "Name a file.");
        }

        return file is null || Directory.Exists(Path.GetDirectoryName(file))
            ? file
            : throw new LocalZureException(ErrorCode.ParameterInvalid, $"The folder '{Path.GetDirectoryName(file)}' does not exist.", "Create it first, or name another.");
    }

    private static string? Default(ExportFormat format, string folder, EnvironmentSnapshot environment) => format switch
    {
        ExportFormat.DotEnv => Path.Combine(folder, ".env"),
        ExportFormat.AppSettings when File.Exists(Path.Combine(folder, AppSettingsFile.OfFunctions)) => Path.Combine(folder, AppSettingsFile.OfFunctions),
        ExportFormat.AppSettings => Path.Combine(folder, "appsettings.Development.json"),
        ExportFormat.GitHubActions => environment[GitHubVariable] is { } file
            ? Path.GetFullPath(file, folder)
            : throw new LocalZureException(ErrorCode.ParameterInvalid, $"{GitHubVariable} is not set: this is no step of a job of GitHub Actions.", "Use -Path to name the file, or another -Format outside of GitHub Actions."),
        _ => null,
    };
}
