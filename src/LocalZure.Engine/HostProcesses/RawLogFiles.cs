using System.Text;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.HostProcesses;

/// <summary>Keeps what a process writes without stamps apart from what earlier ones wrote, and says when it began.</summary>
internal static class RawLogFiles
{
    /// <summary>How many earlier runs are kept.</summary>
    public const int Rotated = 4;

    /// <summary>How much of earlier runs is kept in all; the last one is kept anyway.</summary>
    private const long Largest = 10 * 1024 * 1024;

    /// <summary>Begins the file of a process that is about to be started.</summary>
    /// <param name="folder">The log folder.</param>
    /// <param name="start">When it is started.</param>
    /// <returns>The first line of the file.</returns>
    public static string BeginRun(string folder, DateTimeOffset start)
    {
        var path = HostLogFiles.Raw(folder);
        var heading = LogLineFormat.FormatRun(start);
        var first = heading + "\n";
        var raw = new FileInfo(path);
        if (raw.Exists && raw.Length <= first.Length)
        {
            // Nothing was written but the start.
            raw.Delete();
        }
        else if (raw.Exists)
        {
            Rotate(folder);
        }

        WholeFile.Replace(path, file => file.Write(Encoding.UTF8.GetBytes(first)));
        return heading;
    }

    // Renames only, so that a reader that has a file open reads it to its end.
    private static void Rotate(string folder)
    {
        for (var i = Rotated - 1; i >= 0; i--)
        {
            var from = i == 0 ? HostLogFiles.Raw(folder) : HostLogFiles.PreviousRaw(folder, i);
            if (File.Exists(from))
            {
                File.Move(from, HostLogFiles.PreviousRaw(folder, i + 1), overwrite: true);
            }
        }

        var size = 0L;
        for (var i = 1; i <= Rotated; i++)
        {
            var old = new FileInfo(HostLogFiles.PreviousRaw(folder, i));
            size += old.Exists ? old.Length : 0;
            if (i > 1 && old.Exists && size > Largest)
            {
                old.Delete();
            }
        }
    }
}
