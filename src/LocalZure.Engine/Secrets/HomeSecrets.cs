using System.Security.Cryptography;
using LocalZure.Engine.Support;

namespace LocalZure.Engine.Secrets;

/// <summary>The key of a LocalZure home, in the file <c>secret.key</c> that only its user may read. It is made once, by whoever needs it first.</summary>
internal sealed class HomeSecrets
{
    private readonly string _path;
    private SecretKey? _key;

    /// <summary>Creates one. Nothing is read or written yet.</summary>
    /// <param name="home">The LocalZure home.</param>
    public HomeSecrets(string home) => _path = Path.Combine(home, "secret.key");

    /// <summary>The key; null when the home has none yet.</summary>
    /// <exception cref="LocalZureException">StateCorrupt when the file cannot be read or is not a key.</exception>
    public async Task<SecretKey?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _key ??= await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw Unreadable(e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>The key, made when the home has none yet. Processes that make it at the same moment get the same.</summary>
    /// <exception cref="LocalZureException">StateCorrupt, HomeNotWritable or DiskFull.</exception>
    public async Task<SecretKey> GetAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is { } key)
        {
            return key;
        }

        await CreateAsync(cancellationToken).ConfigureAwait(false);
        return await FindAsync(cancellationToken).ConfigureAwait(false) ?? throw Unreadable("it is gone again", null);
    }

    private async Task<SecretKey> ReadAsync(CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false);
        return bytes.Length == SecretKey.Length ? new SecretKey(bytes) : throw Unreadable($"it has {bytes.Length} bytes instead of {SecretKey.Length}", null);
    }

    // Where another process was faster its key is the one.
    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            await WholeFile.CreateAsync(
                _path,
                async file =>
                {
                    await file.WriteAsync(RandomNumberGenerator.GetBytes(SecretKey.Length), cancellationToken).ConfigureAwait(false);
                    file.Flush(flushToDisk: true);
                }).ConfigureAwait(false);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(_path, e);
        }
    }

    private LocalZureException Unreadable(string reason, Exception? cause) => new(
        ErrorCode.StateCorrupt,
        $"The key of generated passwords, '{_path}', cannot be used: {reason}.",
        "Put the file back from a copy. Without one, remove it: new services then get new passwords, and databases that were made with an old one have to be reset.",
        cause);
}
