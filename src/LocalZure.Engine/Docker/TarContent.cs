using System.Formats.Tar;
using System.Net;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker;

/// <summary>A body that is a tar archive of files, written as it is sent. Every user of the container may read the files.</summary>
internal sealed class TarContent : HttpContent
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly IReadOnlyList<ContainerFile> _files;

    /// <summary>Creates one.</summary>
    /// <param name="files">The files, by their full paths; the archive is relative to the root.</param>
    public TarContent(IReadOnlyList<ContainerFile> files)
    {
        _files = files;
        Headers.TryAddWithoutValidation("Content-Type", "application/x-tar");
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    // No entries for folders: an entry would change owner and mode of a folder that is there, and the engine makes those that are
    // missing by itself.
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            foreach (var file in _files)
            {
                var entry = new PaxTarEntry(TarEntryType.RegularFile, file.Path.TrimStart('/')) { Mode = Mode, DataStream = new MemoryStream(file.Content.ToArray()) };
                await writer.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
