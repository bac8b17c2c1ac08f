using System.Formats.Tar;
using System.Net;
using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker;

/// <summary>A body that is the tar archive of a build context, made while it is sent.</summary>
internal sealed class BuildContextContent : HttpContent
{
    private readonly IReadOnlyList<BuildFile> _files;

    /// <summary>Creates one.</summary>
    /// <param name="files">What is sent, folders before what is in them.</param>
    public BuildContextContent(IReadOnlyList<BuildFile> files)
    {
        _files = files;
        Headers.TryAddWithoutValidation("Content-Type", "application/x-tar");
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var file in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await WriteAsync(writer, file, cancellationToken).ConfigureAwait(false);
        }

        // Not after a failure: it writes the end of the archive, and the engine would build from half of it.
        await writer.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static async Task WriteAsync(TarWriter writer, BuildFile file, CancellationToken cancellationToken)
    {
        var type = file.Kind switch
        {
            BuildFileKind.Folder => TarEntryType.Directory,
            BuildFileKind.Link => TarEntryType.SymbolicLink,
            _ => TarEntryType.RegularFile,
        };
        var entry = new PaxTarEntry(type, file.Path) { Mode = file.Mode, ModificationTime = TimeOf(file) };
        if (file.LinkTarget is { } target)
        {
            entry.LinkName = target;
        }

        if (file.Length == 0)
        {
            await writer.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
            return;
        }

        var content = Open(file);
        await using (content.ConfigureAwait(false))
        {
            entry.DataStream = content;
            await writer.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
        }
    }

    // An archive's times begin with 1970.
    private static DateTimeOffset TimeOf(BuildFile file) => file.ModifiedAt < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : file.ModifiedAt;

    // The image's name is the hash of what was seen; other content must not get that name.
    private static UnchangingFile Open(BuildFile file)
    {
        try
        {
            return UnchangingFile.Open(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnchangingFile.Changed(file, e);
        }
    }
}
