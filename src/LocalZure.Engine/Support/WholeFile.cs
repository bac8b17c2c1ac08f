using System.Runtime.InteropServices;

namespace LocalZure.Engine.Support;

/// <summary>
/// Puts files in their places whole: a file is written under another name beside its own and then given its own. Readers see the
/// old one or the new one, never a part, and what is killed on the way leaves nothing under the name that is not whole.
/// </summary>
internal static class WholeFile
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(30);

    /// <summary>Puts a file in place of the one that is there, or where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="options">How it is made; null for one that only this user may read.</param>
    /// <param name="finish">Told the name under which it lies when it is written and before it gets its own; null for nothing.</param>
    /// <exception cref="IOException">It could not be written; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">As <see cref="IOException"/>.</exception>
    public static async Task ReplaceAsync(string path, Func<FileStream, Task> write, FileStreamOptions? options = null, Action<string>? finish = null)
    {
        var half = HalfOf(path);
        try
        {
            await WriteAsync(half, write, options).ConfigureAwait(false);
            finish?.Invoke(half);
            File.Move(half, path, overwrite: true);
        }
        catch
        {
            Discard(half);
            throw;
        }
    }

    /// <inheritdoc cref="ReplaceAsync"/>
    public static void Replace(string path, Action<FileStream> write)
    {
        var half = HalfOf(path);
        try
        {
            using (var file = new FileStream(half, PrivateFile.Options()))
            {
                write(file);
            }

            File.Move(half, path, overwrite: true);
        }
        catch
        {
            Discard(half);
            throw;
        }
    }

    /// <summary>
    /// Puts a file where there is none. Of many processes that do so at the same moment one succeeds, and the file of the others is gone.
    /// </summary>
    /// <returns>Whether this is the file; false when something has its name already.</returns>
    /// <inheritdoc cref="ReplaceAsync"/>
    public static async Task<bool> CreateAsync(string path, Func<FileStream, Task> write, FileStreamOptions? options = null)
    {
        var half = HalfOf(path);
        try
        {
            await WriteAsync(half, write, options).ConfigureAwait(false);
            return TryName(half, path) ?? await NameUnderLockAsync(half, path).ConfigureAwait(false);
        }
        finally
        {
            Discard(half);
        }
    }

    /// <summary>Gives a file a name that nothing has, for file systems without links: whoever else does so waits.</summary>
    internal static async Task<bool> NameUnderLockAsync(string half, string path)
    {
        var held = await FileLock.AcquireAsync(path + ".lock", LockLimit, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var isFree = !Path.Exists(path);
            if (isFree)
            {
                File.Move(half, path, overwrite: false);
            }

            held.Delete();
            return isFree;
        }
    }

    // Null where the file system cannot do it. File.Move(overwrite: false) looks first and moves then on Unix, so that two may
    // both find nothing; link(2) fails where the name is taken.
    private static bool? TryName(string half, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(half, path, overwrite: false);
                return true;
            }
            catch (IOException) when (Path.Exists(path))
            {
                return false;
            }
        }

        if (Libc.Link(half, path) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            Libc.AlreadyThere => false,
            Libc.NotPermitted or Libc.TooManyLinks => null,
            var error when Libc.IsUnsupported(error) => null,
            Libc.AccessDenied => throw new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
            var error => throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error),
        };
    }

    private static async Task WriteAsync(string half, Func<FileStream, Task> write, FileStreamOptions? options)
    {
        var file = new FileStream(half, options ?? PrivateFile.Options());
        await using (file.ConfigureAwait(false))
        {
            await write(file).ConfigureAwait(false);
        }
    }

    private static string HalfOf(string path) => $"{path}.{Guid.NewGuid():N}.tmp";

    private static void Discard(string half)
    {
        try
        {
            File.Delete(half);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What kept it from being written, which is told already, keeps it from being removed.
        }
    }
}
