using System.Text.Json.Serialization.Metadata;

namespace LocalZure.Engine.Support;

/// <summary>A folder of <see cref="JsonFile"/>s.</summary>
internal static class JsonFolder
{
    /// <summary>What all its files hold; nothing when the folder does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="type">
    /// How a file is read. Asked for when there is a file: to make it costs a process milliseconds, and most folders are empty.
    /// </param>
    /// <param name="isWhole">Whether a value, from the file of that name without its extension, has all that it must have.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<JsonFolderContent<T>> ReadAllAsync<T>(string folder, Func<JsonTypeInfo<T>> type, Func<string, T, bool> isWhole, CancellationToken cancellationToken)
        where T : class
    {
        var files = Files(folder);
        return files.Length == 0 ? Task.FromResult(new JsonFolderContent<T>([], [])) : ReadAllAsync(files, type(), isWhole, cancellationToken);
    }

    /// <summary>Removes a file; nothing happens when it, or its folder, is not there.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever written there.
        }
    }

    private static async Task<JsonFolderContent<T>> ReadAllAsync<T>(string[] files, JsonTypeInfo<T> type, Func<string, T, bool> isWhole, CancellationToken cancellationToken)
        where T : class
    {
        var values = new List<T>();
        var unreadable = new List<UnreadableFile>();
        foreach (var path in files)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var (value, reason) = await JsonFile.TryReadAsync(path, type, value => isWhole(name, value), cancellationToken).ConfigureAwait(false);
            if (reason is not null)
            {
                unreadable.Add(new UnreadableFile(path, reason));
            }
            else if (value is not null)
            {
                values.Add(value);
            }

            // Neither: another process has removed it since the folder was listed.
        }

        return new JsonFolderContent<T>(values, unreadable);
    }

    private static string[] Files(string folder)
    {
        // The ordinary case of a home that nothing was written to. An exception instead would cost milliseconds.
        if (!Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            var files = Directory.GetFiles(folder, "*.json");
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
