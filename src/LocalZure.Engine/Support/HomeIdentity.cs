using System.Security.Cryptography;
using System.Text;

namespace LocalZure.Engine.Support;

/// <summary>
/// What tells a LocalZure home from others that use the same engine: an id in its file <c>home.id</c>, made when it is first needed.
/// What goes with the users of an environment is labelled with it.
/// </summary>
internal sealed class HomeIdentity
{
    private const int Length = 32;

    private readonly string _path;
    private string? _id;

    /// <summary>Creates one. Nothing is read or written yet.</summary>
    /// <param name="home">The LocalZure home.</param>
    public HomeIdentity(string home) => _path = Path.Combine(home, "home.id");

    /// <summary>The id; null when nothing has needed one yet.</summary>
    /// <exception cref="LocalZureException">StateCorrupt when the file cannot be read or holds something else.</exception>
    public async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        if (_id is not null)
        {
            return _id;
        }

        try
        {
            var text = (await File.ReadAllTextAsync(_path, cancellationToken).ConfigureAwait(false)).Trim();
            return _id = text.Length == Length && text.All(char.IsAsciiHexDigitLower) ? text : throw Unreadable("it holds something else", null);
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

    /// <summary>The id, made when the home has none yet. Processes that make it at the same moment get the same.</summary>
    /// <exception cref="LocalZureException">StateCorrupt, LockTimeout, HomeNotWritable or DiskFull.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        await CreateAsync(cancellationToken).ConfigureAwait(false);
        return await FindAsync(cancellationToken).ConfigureAwait(false) ?? throw Unreadable("it is gone again", null);
    }

    // Where another process was faster its id is the one.
    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var id = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(Length, lowercase: true));
            await WholeFile.CreateAsync(_path, async file => await file.WriteAsync(id, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (HomeFolder.IsRefusal(e))
        {
            throw HomeFolder.Refused(_path, e);
        }
    }

    private LocalZureException Unreadable(string reason, Exception? cause) => new(
        ErrorCode.StateCorrupt,
        $"The file '{_path}', which tells this LocalZure home from others, cannot be used: {reason}.",
        "Remove the file. What is left of environments of Use-LzEnvironment is then removed with Remove-LzEnvironment.",
        cause);
}
