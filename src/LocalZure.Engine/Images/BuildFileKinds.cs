using System.Formats.Tar;

namespace LocalZure.Engine.Images;

/// <summary>Tells files from sockets, pipes and devices, which have no content to send.</summary>
internal static class BuildFileKinds
{
    private const int TypeOffset = 156;

    /// <summary>Whether it is a regular file.</summary>
    /// <param name="file">Something that is neither a folder nor a link.</param>
    public static bool IsRegular(FileInfo file) => file.Length > 0 || OperatingSystem.IsWindows() || IsRegularAndEmpty(file.FullName);

    // .NET shows a pipe like an empty file, and opening one waits for its other end. The writer of archives asks the system what
    // it is without opening it: its header says '0' for a file, '6' for a pipe; a socket it refuses.
    private static bool IsRegularAndEmpty(string path)
    {
        using var header = new MemoryStream();
        using (var writer = new TarWriter(header, TarEntryFormat.Ustar, leaveOpen: true))
        {
            try
            {
                writer.WriteEntry(path, "x");
            }
            catch (IOException) when (File.Exists(path))
            {
                return false;
            }
        }

        return header.Length > TypeOffset && header.GetBuffer()[TypeOffset] == '0';
    }
}
