using System.Formats.Tar;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker;

/// <summary>A tar archive of files for a container. Every user of the container may read the files.</summary>
internal static class TarArchive
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The archive, to be read from its beginning.</summary>
    /// <param name="files">The files, by their full paths; the archive is relative to the root.</param>
    // No entries for folders: an entry would change owner and mode of a folder that is there, and the engine makes those that are
    // missing by itself.
    public static MemoryStream Of(IReadOnlyList<ContainerFile> files)
    {
        var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var file in files)
            {
                using var content = new MemoryStream(file.Content.ToArray());
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file.Path.TrimStart('/')) { Mode = Mode, DataStream = content });
            }
        }

        archive.Position = 0;
        return archive;
    }
}
