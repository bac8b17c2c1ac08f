using System.Globalization;

namespace LocalZure.Engine.HostProcesses;

/// <summary>The files in a host process' log folder. <c>NodeLogWriter.cjs</c> uses the same names.</summary>
internal static class HostLogFiles
{
    /// <summary>How many rotated files are kept beside the current one.</summary>
    public const int Rotated = 4;

    /// <summary>The file that a process' stamped lines go to.</summary>
    public static string Current(string folder) => Path.Combine(folder, "output.log");

    /// <summary>A rotated file; 1 is the newest.</summary>
    public static string Previous(string folder, int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"output.{number}.log"));

    /// <summary>What the process writes to its standard output and error itself, without stamps. The first line is the time of its start.</summary>
    public static string Raw(string folder) => Path.Combine(folder, "output.raw.log");

    /// <summary>What an earlier run wrote there; 1 is the newest.</summary>
    public static string PreviousRaw(string folder, int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"output.raw.{number}.log"));

    /// <summary>Which process writes <see cref="Raw"/> for a program, as its pid and start token.</summary>
    public static string RawWriter(string folder) => Path.Combine(folder, "output.raw.writer");

    /// <summary>Which process the folder is that of, a <see cref="HostProcesses.ProcessNote"/>.</summary>
    public static string ProcessNote(string folder) => Path.Combine(folder, "process");

    /// <summary>The exit code as decimal digits.</summary>
    public static string ExitCode(string folder) => Path.Combine(folder, "exit-code");

    /// <summary>Where no signals exist: the signal that the process is asked to act on.</summary>
    public static string StopRequest(string folder) => Path.Combine(folder, "stop-request");

    /// <summary>The script that is loaded into Node.js before the program.</summary>
    public static string NodeLogWriter(string folder) => Path.Combine(folder, "node-log-writer.cjs");
}
