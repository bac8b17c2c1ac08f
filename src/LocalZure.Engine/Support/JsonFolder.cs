using System.Text.Json.Serialization.Metadata;

namespace LocalZure.Engine.Support;

/// <summary>A folder of <see cref="JsonFile"/>s.</summary>
internal static class JsonFolder
{
    /// <summary>The values of all its files, by file name; none when the folder does not exist.</summary>
    /// <exception cref="LocalZureException">StateCorrupt when a file holds something else.</exception>
    public static async Task<IReadOnlyList<T>> ReadAllAsync<T>(string folder, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var values = new List<T>();
        foreach (var path in Files(folder))
        {
            // Null: another process has removed it since the folder was listed.
            if (await JsonFile.ReadAsync(path, type, cancellationToken).ConfigureAwait(false) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
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

    private static IEnumerable<string> Files(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
