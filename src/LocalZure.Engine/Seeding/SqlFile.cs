namespace LocalZure.Engine.Seeding;

/// <summary>Reads SQL files that the user names.</summary>
internal static class SqlFile
{
    /// <summary>The content of a file.</summary>
    /// <exception cref="LocalZureException">ConfigInvalid when it cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalZureException(ErrorCode.ConfigInvalid, $"The SQL file '{path}' cannot be read: {e.Message}", "Correct the path in init.sql, or the rights of the file.", e);
        }
    }
}
