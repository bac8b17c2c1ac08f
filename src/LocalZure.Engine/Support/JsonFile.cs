using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LocalZure.Engine.Support;

/// <summary>A small file that holds one value. Readers see the old one or the new one, never a part.</summary>
internal static class JsonFile
{
    /// <summary>The value; null when the file does not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="isWhole">Whether a value has all that it must have.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LocalZureException">StateCorrupt when it holds something else.</exception>
    public static async Task<T?> ReadAsync<T>(string path, JsonTypeInfo<T> type, Func<T, bool> isWhole, CancellationToken cancellationToken)
        where T : class
    {
        var (value, reason) = await TryReadAsync(path, type, isWhole, cancellationToken).ConfigureAwait(false);
        return reason is null ? value : throw new LocalZureException(ErrorCode.StateCorrupt, new UnreadableFile(path, reason).Message);
    }

    /// <summary>The value, null when the file does not exist; or what is wrong with it.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<(T? Value, string? Reason)> TryReadAsync<T>(string path, JsonTypeInfo<T> type, Func<T, bool> isWhole, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            // Delete is shared so that a writer can put a new file in place meanwhile.
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 4096, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                var value = await JsonSerializer.DeserializeAsync(file, type, cancellationToken).ConfigureAwait(false);
                return value is not null && isWhole(value) ? (value, null) : (null, "something that it must tell is missing");
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, null);
        }
        catch (JsonException e)
        {
            // The message of the exception speaks of types of this program.
            return (null, $"line {(e.LineNumber ?? 0) + 1} is not what LocalZure writes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Puts the value in place of the file, which only this user may read.</summary>
    /// <exception cref="LocalZureException">HomeNotWritable or DiskFull.</exception>
    public static async Task WriteAsync<T>(string path, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await WholeFile.ReplaceAsync(path, file => JsonSerializer.SerializeAsync(file, value, type, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(path, e);
        }
    }
}
