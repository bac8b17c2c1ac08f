namespace LocalZure.Engine.HostProcesses;

/// <summary>Where a program lies and how it is run.</summary>
/// <param name="Program">The program with its version, for example <c>azurite@3.35.0</c>.</param>
/// <param name="FileName">The executable, as a full path; for a package of Node.js the <c>node</c> program.</param>
/// <param name="Root">The folder that relative script paths are taken from; for a package of Node.js the package's folder.</param>
/// <param name="IsNode">Whether the executable is Node.js and takes a script of <paramref name="Root"/>.</param>
internal sealed record HostToolLocation(string Program, string FileName, string Root, bool IsNode)
{
    /// <summary>Where the program of a process lies that was started before.</summary>
    public static HostToolLocation Of(HostProcessEntry entry) => new(entry.Program, entry.CommandLine[0], Path.GetDirectoryName(entry.CommandLine[0])!, entry.IsNode);
}
