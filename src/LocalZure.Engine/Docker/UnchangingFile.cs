using LocalZure.Engine.Containers;

namespace LocalZure.Engine.Docker;

/// <summary>The content of a file of a build context, of exactly the length that was seen. A file that is written to meanwhile fails the build.</summary>
internal sealed class UnchangingFile : Stream
{
    private readonly BuildFile _seen;
    private readonly FileStream _file;
    private long _position;

    private UnchangingFile(BuildFile seen, FileStream file)
    {
        _seen = seen;
        _file = file;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    // The writer of archives asks for the length of what can be sought.
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => _seen.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens one.</summary>
    /// <exception cref="LocalZureException">BuildFailed: it has changed since it was looked at.</exception>
    public static UnchangingFile Open(BuildFile seen) =>
        new(seen, new FileStream(seen.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous));

    /// <summary>The failure of a build whose file has changed.</summary>
    public static LocalZureException Changed(BuildFile file, Exception? cause) =>
        new(ErrorCode.BuildFailed, $"The file '{file.FullPath}' has changed while the image was being built.", "Try again; list files that programs write to in .dockerignore.", cause);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var left = Length - _position;
        if (left == 0)
        {
            return 0;
        }

        var read = await _file.ReadAsync(buffer[..(int)Math.Min(left, buffer.Length)], cancellationToken).ConfigureAwait(false);
        _position += read;
        if (read == 0 || (_position == Length && HasChanged()))
        {
            throw Changed(_seen, null);
        }

        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool HasChanged() => _file.Length != _seen.Length || File.GetLastWriteTimeUtc(_seen.FullPath) != _seen.ModifiedAt.UtcDateTime;
}
