using LocalZure.Engine.Configuration.Yaml;

namespace LocalZure.Engine.Configuration.Effective;

/// <summary>Reads a file into a tree.</summary>
internal static class ConfigurationFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="problems">Takes what is wrong with it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Its tree with short forms written out; null when it is empty or cannot be made out.</returns>
    /// <exception cref="LocalZureException">ConfigNotFound when it cannot be read.</exception>
    public static async Task<YamlNode?> ReadAsync(Source source, Problems problems, CancellationToken cancellationToken)
    {
        try
        {
            return Parse(await ReadBytesAsync(source.Name, cancellationToken).ConfigureAwait(false), source, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalZureException(ErrorCode.ConfigNotFound, $"The file '{source.Name}' cannot be read: {e.Message}", "Check that it is there and that this user may read it.", e);
        }
    }

    /// <summary>Makes a tree of bytes.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static YamlNode? Parse(ReadOnlySpan<byte> bytes, Source source, Problems problems) =>
        YamlText.Decode(bytes, source, problems) is { } text ? ShortForms.Expand(YamlDocumentReader.Read(text, source, problems), problems) : null;

    // One byte more than is allowed tells that there is more, however much it is.
    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[YamlLimits.Bytes + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return buffer[..length];
        }
    }
}
