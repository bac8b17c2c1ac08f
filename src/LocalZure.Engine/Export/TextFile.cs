using System.Text;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Export;

/// <summary>A file of UTF-8 text that is read and replaced whole.</summary>
/// <param name="Text">The text without the byte order mark.</param>
/// <param name="HasByteOrderMark">Whether the file begins with one.</param>
internal sealed record TextFile(string Text, bool HasByteOrderMark)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>How its lines end: as the first does, or with a line feed when there is none.</summary>
    public string NewLine => Text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end && Text[end - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>Reads a file; null when it is not there.</summary>
    /// <exception cref="LocalZureException">ParameterInvalid when it cannot be read or is not UTF-8.</exception>
    public static async Task<TextFile?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (IsDevice(path))
        {
            // It may have no end.
            return null;
        }

        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            var mark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);
            return new TextFile(Strict.GetString(bytes, mark ? 3 : 0, bytes.Length - (mark ? 3 : 0)), mark);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException e)
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{path}' is not UTF-8 text; it was left as it is.", "Save it as UTF-8, or name another.", e);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{path}' cannot be read: {e.Message}", "Give this user access to it, or name another.", e);
        }
    }

    /// <summary>
    /// Puts this in place of a file, whole or not at all. What a link leads to is replaced, not the link; the permissions of the
    /// file stay, and a new one only this user may read, since it holds secrets. A device such as <c>/dev/stdout</c> is written to.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="overwriteReadOnly">Whether a read-only file is replaced too.</param>
    /// <param name="cancellationToken">Ends the call; the file is then as it was.</param>
    /// <exception cref="LocalZureException">ParameterInvalid or DiskFull.</exception>
    public async Task WriteAsync(string path, bool overwriteReadOnly, CancellationToken cancellationToken)
    {
        try
        {
            if (IsDevice(path))
            {
                var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                await using (device.ConfigureAwait(false))
                {
                    await WriteToAsync(device, cancellationToken).ConfigureAwait(false);
                }

                return;
            }

            var old = new FileInfo(path);
            old = old.LinkTarget is null ? old : (FileInfo)old.ResolveLinkTarget(returnFinalTarget: true)!;
            if (old is { Exists: true, IsReadOnly: true } && !overwriteReadOnly)
            {
                throw new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{path}' is read-only.", "Use -Force to write it all the same.");
            }

            await WholeFile.ReplaceAsync(old.FullName, file => WriteToAsync(file, cancellationToken), finish: half => TakeOver(old, half)).ConfigureAwait(false);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw Refused(path, e);
        }
    }

    /// <summary>The refusal of a write as users see it.</summary>
    public static LocalZureException Refused(string path, Exception refusal) => refusal is IOException io && DiskSpace.IsExhausted(io)
        ? new LocalZureException(ErrorCode.DiskFull, $"The file '{path}' cannot be written: no space is left.", innerException: refusal)
        : new LocalZureException(ErrorCode.ParameterInvalid, $"The file '{path}' cannot be written: {refusal.Message}", "Name a file in a folder that exists and that this user may write to.", refusal);

    // No file may take its place, and nobody could read one to its end.
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private async Task WriteToAsync(FileStream file, CancellationToken cancellationToken)
    {
        var bytes = Strict.GetBytes(Text);
        if (HasByteOrderMark)
        {
            await file.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancellationToken).ConfigureAwait(false);
        }

        await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private static void TakeOver(FileInfo old, string path)
    {
        if (!old.Exists)
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, old.UnixFileMode);
        }
        else if (old.IsReadOnly)
        {
            // Windows does not replace a read-only file.
            old.IsReadOnly = false;
            File.SetAttributes(path, FileAttributes.ReadOnly);
        }
    }
}
