namespace LocalZure.Engine.Support;

/// <summary>Finds programs the way a shell does.</summary>
internal static class ProgramPath
{
    /// <summary>The full path of a program on PATH; null when there is none.</summary>
    /// <param name="environment">Where PATH and, on Windows, PATHEXT are read.</param>
    /// <param name="name">The program, without an extension.</param>
    public static string? Find(EnvironmentSnapshot environment, string name)
    {
        var folders = (environment["PATH"] ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var files = Extensions(environment).Select(extension => name + extension).ToList();
        return folders.Select(folder => folder.Trim('"'))
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => files.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(IsProgram);
    }

    private static string[] Extensions(EnvironmentSnapshot environment) => OperatingSystem.IsWindows()
        ? (environment["PATHEXT"] ?? ".COM;.EXE;.BAT;.CMD").Split(';', StringSplitOptions.RemoveEmptyEntries)
        : [""];

    /// <summary>Whether a path is a file that can be run.</summary>
    public static bool IsProgram(string path)
    {
        const UnixFileMode executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & executable) != 0);
    }
}
